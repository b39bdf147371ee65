// Buttons that an application has on its page.

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ActionButton, type ApplicationView, checkForm, type Json } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { FormFields, type Values } from '../../parts/form-fields.tsx';
import { Section } from '../../parts/section.tsx';
import { ofWorker } from './offer.ts';
import { Outcome, type Told } from './outcome.tsx';

export function Buttons({ application, user }: { readonly application: ApplicationView; readonly user: string }) {
  const may = useMay('application:write');
  const [asked, setAsked] = useState<ActionButton | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const press = async (button: ActionButton, input: Json): Promise<void> => {
    setAsked(null);
    setTold(null);
    setBusy(button.name);
    try {
      const { value } = await api.installs.act(application.key, button.name, input, user, ofWorker(application));
      setTold({ title: `${button.label}: done`, value });
      refresh(['installs']);
    } catch (error) {
      setTold({ title: `${button.label}: it did not work`, error });
    } finally {
      setBusy(null);
    }
  };
  return (
    <Section title="More it can do">
      <Stack>
        {application.actions.map((button) => (
          <div key={button.name}>
            <Button
              variant="default"
              loading={busy === button.name}
              disabled={!may}
              onClick={() => (button.form ? setAsked(button) : void press(button, null))}
            >
              {button.form ? `${button.label} …` : button.label}
            </Button>
            {button.description !== undefined && (
              <Text size="sm" c="dimmed" mt={4}>
                {button.description}
              </Text>
            )}
          </div>
        ))}
        <Outcome of={told} />
      </Stack>
      {asked?.form && (
        <Asked
          button={asked}
          form={asked.form}
          onClose={() => setAsked(null)}
          onGo={(input) => void press(asked, input)}
        />
      )}
    </Section>
  );
}

interface AskedProps {
  readonly button: ActionButton;
  readonly form: NonNullable<ActionButton['form']>;
  readonly onClose: () => void;
  readonly onGo: (input: Json) => void;
}

function Asked({ button, form, onClose, onGo }: AskedProps) {
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const problems = checkForm(form, values);
  return (
    <Modal opened onClose={onClose} title={button.label} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(problems).length === 0) onGo(values as Json);
        }}
      >
        <FormFields form={form} values={values} onChange={setValues} problems={tried ? problems : {}} />
        <Group justify="flex-end" mt="md">
          <Button type="submit">{button.label}</Button>
        </Group>
      </form>
    </Modal>
  );
}
