// One form of an application, with what is stored in it. Only what was touched is sent.

import { Button, Group, Text } from '@mantine/core';
import { ApiError } from '@sluice/client';
import type { ApplicationView, Form, InstallView, Json, Settings } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { queryClient } from '../../frame/live.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { FormFields, type Values } from '../../parts/form-fields.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { ofWorker } from './offer.ts';

export interface SettingsFormProps {
  readonly application: ApplicationView;
  readonly install: InstallView;
  readonly form: Form;
}

export function SettingsForm({ application, install, form }: SettingsFormProps) {
  const { user, settings, problems } = install;
  const of = ofWorker(application);
  const may = useMay('application:write');
  const stored: Values = settings[form.key] ?? {};
  const [touched, setTouched] = useState<Values>({});
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // Boxes with a text of their own begin anew with what is stored then.
  const [saves, setSaves] = useState(0);
  const values = { ...stored, ...touched };
  const changed = Object.entries(touched).filter(([name, value]) => !same(value, stored[name]));
  const save = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const sent: Settings = { [form.key]: Object.fromEntries(changed.map(([name, value]) => [name, value ?? null])) };
    await act({
      run: async () => {
        try {
          return await api.installs.save(application.key, sent, user, of);
        } catch (error) {
          // Said where it belongs, not in a corner.
          if (!(error instanceof ApiError)) throw error;
          setRefused(error);
          return null;
        }
      },
      changes: ['installs', 'applications'],
      done: (view) => (view === null ? undefined : `${form.label}: saved.`),
    }).then((view) => {
      if (!view) return;
      // At once, so that boxes with a text of their own begin with what is stored now.
      queryClient.setQueryData(['installs', application.key, user, of.worker ?? ''], view);
      setTouched({});
      setSaves((before) => before + 1);
    });
    setBusy(false);
  };
  const fields = refused instanceof ApiError ? refused.fields : {};
  const general = refused instanceof ApiError && Object.keys(fields).length > 0 ? null : refused;
  // What a new install lacks is no mistake yet: it is said once something was saved.
  const known = install.changedAt > install.createdAt ? { ...problems, ...fields } : fields;
  return (
    <Section title={form.label}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FormFields
          key={saves}
          form={form}
          values={values}
          onChange={setTouched}
          disabled={!may}
          problems={problemsIn(form.key, known)}
          choices={async (field) => (await api.installs.choices(application.key, form.key, field.key, user, of)).items}
        />
        <Problem of={general} />
        <Group justify="flex-end" mt="md" gap="sm">
          {changed.length > 0 && (
            <>
              <Text size="sm" c="dimmed" flex={1}>
                Not saved yet
              </Text>
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  setTouched({});
                  setRefused(null);
                  setSaves((before) => before + 1);
                }}
              >
                As it was
              </Button>
            </>
          )}
          <Button type="submit" loading={busy} disabled={!may || changed.length === 0}>
            Save
          </Button>
        </Group>
      </form>
    </Section>
  );
}

const same = (one: Json | undefined, other: Json | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Of one form, by field. */
function problemsIn(form: string, problems: Readonly<Record<string, string>>): Record<string, string> {
  const start = `${form}.`;
  return Object.fromEntries(
    Object.entries(problems).flatMap(([name, words]) =>
      name.startsWith(start) ? [[name.slice(start.length), words]] : [],
    ),
  );
}
