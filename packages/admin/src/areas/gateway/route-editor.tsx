// A route as a form and as JSON, side by side and in step; what is wrong stands where it is wrong.

import { Accordion, Button, Group, MultiSelect, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { GATEWAY_METHODS, type RouteDefinitionInput, type RouteView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { Code } from '../../parts/payload.tsx';
import { jsonProblem } from '../../parts/payload-text.ts';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { AccessForm } from './access-form.tsx';
import { type Draft, problemsOf, read, write } from './draft.ts';
import styles from './gateway.module.css';
import { LimitsForm } from './limits-form.tsx';
import {
  CACHE,
  CIRCUIT,
  CORS,
  IDEMPOTENCY,
  REQUEST,
  REQUEST_HEADERS,
  RESPONSE,
  RESPONSE_HEADERS,
  RETRY,
} from './policies.ts';
import { Members, type PartProps, PolicyItem } from './policy-form.tsx';
import { TargetForm } from './target-form.tsx';

export interface RouteEditorProps {
  readonly begin: Draft;
  /** Its name stays. */
  readonly known: boolean;
  readonly onSaved: (route: RouteView) => void;
}

const lay = (draft: Draft): string => JSON.stringify(draft, null, 2);

export function RouteEditor({ begin, known, onSaved }: RouteEditorProps) {
  const may = useMay('gateway:write');
  const [draft, setDraft] = useState(begin);
  const [text, setText] = useState(() => lay(begin));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const found = problemsOf(draft);
  const noJson = jsonProblem(text);
  const wrong = noJson !== null || Object.keys(found).length > 0;
  const problems = tried || known ? found : {};
  const change = (next: Draft): void => {
    setDraft(next);
    setText(lay(next));
  };
  const typed = (next: string): void => {
    setText(next);
    if (jsonProblem(next) !== null) return;
    const value: unknown = JSON.parse(next);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) setDraft(value as Draft);
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (wrong) return;
    setBusy(true);
    setRefused(null);
    try {
      const route = await api.gateway.routes.save(draft as unknown as RouteDefinitionInput);
      refresh(['gateway']);
      onSaved(route);
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const part: PartProps = { draft, onChange: change, problems, disabled: !may };
  const changed = lay(begin) !== lay(draft);
  return (
    <form
      noValidate
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={styles.form}>
        <Section title="Which requests">
          <Matching {...part} known={known} />
        </Section>
        <Section title="Where they go">
          <TargetForm {...part} place={['target']} />
        </Section>
        <Section title="Who may">
          <AccessForm {...part} />
        </Section>
        <Section title="What is done to them" note="What is not said is not done." flush>
          <Accordion variant="default" chevronPosition="left" multiple>
            <Accordion.Item value="limits">
              <Accordion.Control>
                Limits{' '}
                <Text span size="sm" c="dimmed">
                  {Array.isArray(draft.limits) ? draft.limits.length : ''}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <LimitsForm {...part} />
              </Accordion.Panel>
            </Accordion.Item>
            {[REQUEST, REQUEST_HEADERS, RESPONSE, RESPONSE_HEADERS, RETRY, CIRCUIT, CACHE, IDEMPOTENCY, CORS].map(
              (of) => (
                <PolicyItem key={of.title} of={of} {...part} />
              ),
            )}
            <Accordion.Item value="timeout">
              <Accordion.Control>
                Timeout{' '}
                <Text span size="sm" c="dimmed">
                  {draft.timeoutMs === undefined ? '' : `${draft.timeoutMs} ms`}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                <Members
                  {...part}
                  place={[]}
                  fields={[
                    {
                      key: 'timeoutMs',
                      type: 'number',
                      label: 'Until the answer begins, in ms',
                      description: 'Without it: 60 seconds.',
                      minimum: 1,
                      maximum: 600_000,
                    },
                  ]}
                />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Section>
      </div>
      <div className={styles.form}>
        <Stack gap="sm">
          <Problem of={refused} />
          <Group justify="flex-end" gap="sm">
            {tried && wrong && (
              <Text size="sm" c="vermilion" flex={1} role="alert">
                {noJson === null
                  ? 'Something is missing or wrong: it stands where it is.'
                  : 'The JSON is not whole yet.'}
              </Text>
            )}
            {known && changed && (
              <Button variant="subtle" color="gray" onClick={() => change(begin)}>
                As it was
              </Button>
            )}
            <Button type="submit" loading={busy} disabled={!may || (known && !changed)}>
              {known ? 'Save as a new version' : 'Create the route'}
            </Button>
          </Group>
        </Stack>
        <section className={`card ${styles.json}`} aria-label="As JSON">
          <div className={styles.jsonHead}>As JSON</div>
          <div className={styles.jsonText}>
            <Code label="Route as JSON" text={text} language="json" {...(may ? { onChange: typed } : {})} />
          </div>
          {Object.keys(problems).length > 0 && (
            <ul className={styles.problems}>
              {Object.entries(problems).map(([path, message]) => (
                <li key={path}>
                  <code>{path || 'route'}</code> {message}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </form>
  );
}

function Matching({ draft, onChange, problems, disabled, known }: PartProps & { readonly known: boolean }) {
  const text = (name: string): string => String(read(draft, [name]) ?? '');
  const texts = (name: string): string[] => {
    const value = read(draft, [name]);
    return Array.isArray(value) ? value.map(String) : [];
  };
  const set = (name: string, value: string | string[]): void =>
    onChange(write(draft, [name], value.length === 0 && name !== 'methods' ? undefined : value));
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        description={known ? 'It stays.' : 'By which it is known here: lower-case letters, digits and hyphens.'}
        placeholder="place-order"
        required
        disabled={disabled || known}
        value={text('name')}
        error={problems.name}
        onChange={(event) => onChange(write(draft, ['name'], event.currentTarget.value))}
      />
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <MultiSelect
          label="Methods"
          w={190}
          required
          data={[...GATEWAY_METHODS]}
          disabled={disabled}
          value={texts('methods')}
          error={problems.methods}
          onChange={(value) => set('methods', value)}
        />
        <TextInput
          label="Path"
          flex={1}
          required
          placeholder="/orders/{id}"
          disabled={disabled}
          value={text('path')}
          error={problems.path}
          onChange={(event) => onChange(write(draft, ['path'], event.currentTarget.value))}
        />
      </Group>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <TextInput
          label="Host"
          flex={1}
          placeholder="Any"
          disabled={disabled}
          value={text('host')}
          error={problems.host}
          onChange={(event) => set('host', event.currentTarget.value)}
        />
        <TagsInput
          label="Tags"
          flex={1}
          disabled={disabled}
          value={texts('tags')}
          error={problems.tags}
          onChange={(value) => set('tags', value)}
        />
      </Group>
      <TextInput
        label="Summary"
        description="One line, for the page of the API."
        disabled={disabled}
        value={text('summary')}
        error={problems.summary}
        onChange={(event) => set('summary', event.currentTarget.value)}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={8}
        disabled={disabled}
        value={text('description')}
        error={problems.description}
        onChange={(event) => set('description', event.currentTarget.value)}
      />
    </Stack>
  );
}
