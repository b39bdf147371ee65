// One waiting message: why it waits, its content to mend, and its way on.

import { Alert, Button, Drawer, Group, Skeleton, Stack, Tabs, Code as Text2 } from '@mantine/core';
import type { EditRequest, StepView } from '@sluice/protocol';
import { IconAlertTriangle, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { CopyId } from '../../parts/copy-id.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Code } from '../../parts/payload.tsx';
import { jsonProblem, languageOf, layOut, textOf } from '../../parts/payload-text.ts';
import { ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { bytes, duration } from '../../parts/words.ts';
import type { Kind } from './kinds.ts';
import styles from './waiting-page.module.css';

export interface MessageDrawerProps {
  readonly kind: Kind;
  readonly id: string;
  readonly onClose: () => void;
  /** It is dealt with: the one after it. */
  readonly onNext: () => void;
}

export function MessageDrawer({ kind, id, onClose, onNext }: MessageDrawerProps) {
  const { data, error } = useQuery({ queryKey: [kind.id, 'one', id], queryFn: () => kind.calls.get(id), retry: false });
  return (
    <Drawer
      opened
      onClose={onClose}
      size="min(760px, 100%)"
      title={data ? `${data.topology} / ${data.node}` : 'Message'}
    >
      {error && !data ? (
        <ErrorState error={error} />
      ) : data ? (
        <Message kind={kind} message={data} onNext={onNext} />
      ) : (
        <Skeleton height={300} />
      )}
    </Drawer>
  );
}

function Message({
  kind,
  message,
  onNext,
}: {
  readonly kind: Kind;
  readonly message: StepView;
  readonly onNext: () => void;
}) {
  const mayAct = useMay('message:write');
  const { body = '', contentType, headers, reason, code, attempts } = message;
  const isText = typeof body === 'string';
  const language = languageOf(contentType, textOf(body));
  const [original] = useState(() => layOut(textOf(body), language));
  const [text, setText] = useState(original);
  const [originalHeaders] = useState(() => JSON.stringify(headers, null, 2));
  const [headerText, setHeaderText] = useState(originalHeaders);
  const edited = text !== original || headerText !== originalHeaders;
  const wrong = (language === 'json' && text !== original ? jsonProblem(text) : null) ?? jsonProblem(headerText);

  const edit = (): EditRequest => ({
    ...(text === original ? {} : { body: text }),
    ...(headerText === originalHeaders ? {} : { headers: JSON.parse(headerText) as Record<string, string> }),
  });
  const changes = [kind.id, 'process', 'processes', 'statistics'];
  const goOn = async (): Promise<void> => {
    const done = edited ? `${kind.onward.done}, with your changes` : kind.onward.done;
    if (await act({ run: () => kind.calls.replay(message.id, edit()), done: `The ${kind.one} is ${done}.`, changes }))
      onNext();
  };
  const end = async (): Promise<void> => {
    if (
      await act({ run: () => kind.calls.discard(message.id), done: `The ${kind.one} is ${kind.away.done}.`, changes })
    )
      onNext();
  };

  return (
    <Stack gap="md">
      {reason !== null && (
        <Alert
          color={kind.id === 'trash' ? 'vermilion' : 'water'}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={reason}
        >
          {code !== null && <Text2>{code}</Text2>} {attempts.length > 0 && `after ${attempts.length + 1} attempts`}
        </Alert>
      )}
      <Facts
        of={[
          [
            'Process',
            <PageLink key="p" to={`/processes/${message.processId}`} size="sm" className="mono">
              {message.processId}
            </PageLink>,
          ],
          ['Message', <CopyId key="m" id={message.id} />],
          ['Waits since', <Time key="t" at={message.changedAt} />],
          ['User', message.user],
        ]}
      />
      <Tabs defaultValue="body" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="body">Content</Tabs.Tab>
          <Tabs.Tab value="headers">Headers ({Object.keys(headers).length})</Tabs.Tab>
          <Tabs.Tab value="attempts">Attempts ({attempts.length})</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="body" pt="sm">
          <div className="code-box" style={{ height: 'max(240px, 100dvh - 480px)' }}>
            {isText ? (
              <Code label="Content" text={text} language={language} {...(mayAct ? { onChange: setText } : {})} />
            ) : (
              <p style={{ padding: 16 }}>Bytes ({bytes(message.bytes)}): they can be replayed, not edited here.</p>
            )}
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="sm">
          <div className="code-box" style={{ height: 260 }}>
            <Code label="Headers" text={headerText} language="json" {...(mayAct ? { onChange: setHeaderText } : {})} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="attempts" pt="sm">
          <Stack gap="xs">
            {attempts.length === 0 && <span>It failed at its first attempt.</span>}
            {attempts.map(({ attempt, at, durationMs, reason: why }) => (
              <div key={attempt}>
                <strong>{attempt}.</strong> <Time at={at} /> after {duration(durationMs)}: {why}
              </div>
            ))}
          </Stack>
        </Tabs.Panel>
      </Tabs>
      <div className={styles.foot}>
        {wrong !== null && (
          <Group c="vermilion.7" style={{ marginRight: 'auto' }} role="alert">
            {wrong}
          </Group>
        )}
        <Button variant="default" leftSection={<IconX size={16} />} disabled={!mayAct} onClick={() => void end()}>
          {kind.away.verb}
        </Button>
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          disabled={!mayAct || wrong !== null}
          onClick={() => void goOn()}
        >
          {edited ? `Save and ${kind.onward.verb.toLowerCase()}` : kind.onward.verb}
        </Button>
      </div>
    </Stack>
  );
}
