// A method, called from here: what goes in, what comes out.

import { Button, Group, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import type { SyncResult } from '@sluice/client';
import { IconPlayerPlay } from '@sluice/icons';
import type { ApplicationView, HttpMethod, Json, MethodDescriptor } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { Facts } from '../../parts/facts.tsx';
import { FieldInput } from '../../parts/field-input.tsx';
import { Code, Payload } from '../../parts/payload.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { Snippet } from '../../parts/snippet.tsx';
import { bytes, duration } from '../../parts/words.ts';
import type { Address } from './application-page.tsx';
import styles from './applications.module.css';

export interface TryMethodProps {
  readonly application: ApplicationView;
  readonly user: string;
}

export function TryMethod({ application, user }: TryMethodProps) {
  const [{ method: wanted }, setAddress] = useAddress<Address>();
  const { methods } = application;
  const method = methods.find(({ name }) => name === wanted) ?? methods[0];
  if (!method) return <Skeleton height={200} />;
  return (
    <Stack>
      <Select
        aria-label="Method"
        w={320}
        data={methods.map(({ name }) => name)}
        value={method.name}
        allowDeselect={false}
        searchable={methods.length > 8}
        onChange={(name) => setAddress({ method: name ?? undefined })}
      />
      <Trial key={method.name} application={application} user={user} method={method} />
    </Stack>
  );
}

const BODYLESS: readonly string[] = ['GET', 'HEAD', 'DELETE', 'OPTIONS'];
const PAIRS = { type: 'key-value', description: undefined } as const;

interface Answered {
  readonly result: SyncResult;
  readonly tookMs: number;
}

function Trial({ application, user, method }: TryMethodProps & { readonly method: MethodDescriptor }) {
  const may = useMay('sync:call');
  const [verb, setVerb] = useState<HttpMethod>(method.methods[0]!);
  const [path, setPath] = useState('');
  const [query, setQuery] = useState<Json>(null);
  const [headers, setHeaders] = useState<Json>(null);
  const [body, setBody] = useState(() => (method.input ? exampleOf(method.input) : '{}'));
  const [answer, setAnswer] = useState<Answered | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const withBody = !BODYLESS.includes(verb);
  const call = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const began = performance.now();
    try {
      const result = await api.sync.method(application.key, method.name, {
        user,
        method: verb,
        path,
        query: (query ?? {}) as Record<string, string>,
        headers: (headers ?? {}) as Record<string, string>,
        anyStatus: true,
        ...(withBody ? { body, contentType: 'application/json' } : {}),
      });
      setAnswer({ result, tookMs: performance.now() - began });
    } catch (error) {
      setAnswer(null);
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const at = `/sync/applications/${application.key}/${method.name}`;
  return (
    <div className={styles.columns} style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(380px, 1fr))' }}>
      <Section
        title="Request"
        note={method.description ?? `It runs for the user ${user}.`}
        actions={
          <Button leftSection={<IconPlayerPlay size={16} />} loading={busy} disabled={!may} onClick={() => void call()}>
            Call it
          </Button>
        }
      >
        <Stack gap="md">
          <Group gap="xs" wrap="nowrap" align="flex-end">
            <Select
              label="Verb"
              w={110}
              data={[...method.methods]}
              value={verb}
              allowDeselect={false}
              onChange={(value) => setVerb(value as HttpMethod)}
            />
            <TextInput
              label="Path"
              description={undefined}
              flex={1}
              placeholder="/what/follows"
              value={path}
              onChange={(event) => setPath(event.currentTarget.value)}
            />
          </Group>
          <FieldInput
            field={{ ...PAIRS, key: 'query', label: 'Query' }}
            value={query ?? undefined}
            problem={undefined}
            choices={undefined}
            disabled={false}
            onChange={setQuery}
          />
          <FieldInput
            field={{ ...PAIRS, key: 'headers', label: 'Headers' }}
            value={headers ?? undefined}
            problem={undefined}
            choices={undefined}
            disabled={false}
            onChange={setHeaders}
          />
          {withBody && (
            <div>
              <Text size="sm" fw={500} mb={4}>
                Body
              </Text>
              <div className="code-box" style={{ height: 180 }}>
                <Code label="Body" text={body} language="json" onChange={setBody} />
              </div>
            </div>
          )}
          <Snippet
            label="the call"
            title="The same from a shell"
            text={`curl -X ${verb} '${window.location.origin}${at}${path}?user=${encodeURIComponent(user)}' -H "Authorization: Bearer $TOKEN"${withBody ? " -H 'content-type: application/json' -d @body.json" : ''}`}
          />
        </Stack>
      </Section>
      <Section title="Answer" note={`${at} answers as the method chooses.`}>
        <Stack>
          <Problem of={refused} />
          {answer === null && refused === null && (
            <Text size="sm" c="dimmed">
              Nothing was called yet. A call is real: it reaches the service with the credentials of {user}.
            </Text>
          )}
          {answer !== null && <Shown answer={answer} />}
        </Stack>
      </Section>
    </div>
  );
}

function Shown({ answer: { result, tookMs } }: { readonly answer: Answered }) {
  const { status, headers, bytes: content } = result;
  const type = headers.get('content-type') ?? '';
  const text = /json|text|xml|html|javascript|csv|^$/.test(type);
  return (
    <>
      <div className={styles.answer} role="status">
        <span className={styles.statusCode} data-good={status < 400}>
          {status}
        </span>
        <span>{duration(tookMs)}</span>
        <span>{bytes(content.byteLength)}</span>
        <span className="mono">{type}</span>
      </div>
      {text && content.byteLength > 0 && (
        <Payload title="Body" label="Body of the answer" body={result.text()} contentType={type} height={280} />
      )}
      {!text && <Text size="sm">Bytes, which are not shown here.</Text>}
      <Facts
        of={[...headers].map(
          ([name, value]) =>
            [
              name,
              <span key={name} className="mono">
                {value}
              </span>,
            ] as const,
        )}
      />
    </>
  );
}

/** A body to begin with: the members that the schema requires, empty. */
function exampleOf(schema: NonNullable<MethodDescriptor['input']>): string {
  const properties = (schema.properties ?? {}) as Record<string, { type?: string; default?: Json; examples?: Json[] }>;
  const empty: Readonly<Record<string, Json>> = {
    string: '',
    number: 0,
    integer: 0,
    boolean: false,
    array: [],
    object: {},
  };
  const members = Object.entries(properties).map(([name, { type, default: given, examples }]) => [
    name,
    given ?? examples?.[0] ?? empty[type ?? ''] ?? null,
  ]);
  return JSON.stringify(Object.fromEntries(members), null, 2);
}
