// A call as a client would make it, from here and from a shell.

import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@sluice/icons';
import type { RouteView } from '@sluice/protocol';
import { useState } from 'react';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Code, Payload } from '../../parts/payload.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import { Snippet } from '../../parts/snippet.tsx';
import { duration } from '../../parts/words.ts';
import { callRoute, type RouteAnswer } from './call-route.ts';
import styles from './gateway.module.css';

const WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH'];

export function CallPanel({ route }: { readonly route: RouteView }) {
  const { definition, enabled } = route;
  const open = 'public' in definition.access;
  const [method, setMethod] = useState<string>(definition.methods[0]!);
  const [path, setPath] = useState(definition.path);
  const [key, setKey] = useState('');
  const [body, setBody] = useState('{}');
  const [answer, setAnswer] = useState<RouteAnswer | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const withBody = WITH_BODY.includes(method);
  const gaps = /\{[^}]*\}/.test(path);
  const call = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setAnswer(await callRoute({ method, path, key, body: withBody ? body : null }));
    } catch (error) {
      setAnswer(null);
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const host =
    definition.host === undefined || definition.host.startsWith('*')
      ? window.location.origin
      : `https://${definition.host}`;
  const shell = [
    `curl -X ${method} '${host}${path}'`,
    open ? '' : ` -H "x-api-key: $KEY"`,
    withBody ? ` -H 'content-type: application/json' -d '${body.replace(/'/g, "'\\''")}'` : '',
  ].join('');
  return (
    <div className={styles.editor} style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(360px, 1fr))' }}>
      <Section
        title="Request"
        note={enabled ? 'It is real: it goes the whole way.' : 'The route is disabled: it answers 404.'}
        actions={
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={busy}
            disabled={gaps || definition.host !== undefined}
            onClick={() => void call()}
          >
            Call it
          </Button>
        }
      >
        <Stack gap="sm">
          <Group gap="xs" wrap="nowrap" align="flex-end">
            <Select
              label="Method"
              w={110}
              data={definition.methods}
              value={method}
              allowDeselect={false}
              onChange={(value) => setMethod(value ?? method)}
            />
            <TextInput
              label="Path"
              flex={1}
              value={path}
              error={gaps ? 'Fill in the parameters.' : undefined}
              onChange={(event) => setPath(event.currentTarget.value)}
            />
          </Group>
          {!open && (
            <PasswordInput
              label="API key"
              autoComplete="off"
              description={
                <>
                  It stays on this page. A consumer gets one at{' '}
                  <PageLink to="/consumers" size="xs">
                    Consumers
                  </PageLink>
                  .
                </>
              }
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
          )}
          {withBody && (
            <div>
              <Text size="sm" fw={500} mb={4}>
                Body
              </Text>
              <div className="code-box" style={{ height: 160 }}>
                <Code label="Body" text={body} language="json" onChange={setBody} />
              </div>
            </div>
          )}
          <Snippet label="the call" title="The same from a shell" text={shell} />
        </Stack>
      </Section>
      <Section title="Answer">
        <Stack gap="sm">
          <Problem of={problem} />
          {answer === null && problem === null && (
            <Text size="sm" c="dimmed">
              {definition.host === undefined
                ? 'Nothing was called yet.'
                : `The route answers at ${definition.host} only, where this page is not: call it from a shell.`}
            </Text>
          )}
          {answer !== null && (
            <>
              <Group gap="md" role="status">
                <Text fw={600} size="xl" c={answer.status < 400 ? 'moss' : 'vermilion'}>
                  {answer.status}
                </Text>
                <Text size="sm">{duration(answer.tookMs)}</Text>
                {answer.processId !== null && (
                  <PageLink to={`/processes/${answer.processId}`} size="sm">
                    Open the process
                  </PageLink>
                )}
              </Group>
              {answer.text !== '' && (
                <Payload
                  title="Body"
                  label="Body of the answer"
                  body={answer.text}
                  contentType={answer.contentType}
                  height={220}
                />
              )}
              <Facts
                of={answer.headers.map(
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
          )}
        </Stack>
      </Section>
    </div>
  );
}
