// One waiting message: why it waits, its content to mend, and its way on.

import { Alert, Button, Drawer, Group, Skeleton, Stack, Tabs, Text, Code as Text2 } from '@mantine/core';
import { ApiError } from '@sluice/client';
import { IconAlertTriangle, IconPlayerPlay, IconX } from '@sluice/icons';
import type { EditRequest, StepView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../frame/api.ts';
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
import { type Chosen, Destination } from './destination.tsx';
import type { Kind } from './kinds.ts';
import { TaskAnswer } from './task-answer.tsx';
import { begun, isAnswer, placed, problemsOf, questionsOf } from './task-form.ts';
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
      size={data?.task?.form ? 'min(1000px, 100%)' : 'min(760px, 100%)'}
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
  const form = message.task?.form ?? null;
  const questions = useMemo(() => (form ? questionsOf(form) : []), [form]);
  // The form and the text are two views of one content.
  const [text, setText] = useState(() =>
    form && isText ? JSON.stringify(begun(form, questions, parsed(original)), null, 2) : original,
  );
  const content = parsed(text);
  const answer = isAnswer(content) ? content : null;
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const problems = { ...refused, ...(tried && answer ? problemsOf(questions, answer) : {}) };
  const write = (next: string): void => {
    setText(next);
    setRefused({});
  };
  const [originalHeaders] = useState(() => JSON.stringify(headers, null, 2));
  const [headerText, setHeaderText] = useState(originalHeaders);
  const [destination, setDestination] = useState<Chosen | null>(null);
  const edited = text !== original || headerText !== originalHeaders;
  const wrong = (language === 'json' && text !== original ? jsonProblem(text) : null) ?? jsonProblem(headerText);

  const edit = (): EditRequest => ({
    ...(text === original ? {} : { body: text }),
    ...(headerText === originalHeaders ? {} : { headers: JSON.parse(headerText) as Record<string, string> }),
  });
  const changes = [kind.id, 'process', 'processes', 'statistics'];
  const goOn = async (): Promise<void> => {
    setTried(true);
    if (form && answer && Object.keys(problemsOf(questions, answer)).length > 0) return;
    if (destination) {
      const { toVersion, node } = destination;
      const there = await act({
        run: () => api.trash.replay(message.id, { ...edit(), toVersion, node: node! }),
        done: `The message goes on with version ${toVersion}, as a new process.`,
        changes,
      });
      if (there) onNext();
      return;
    }
    const done = edited ? `${kind.onward.done}, with your changes` : kind.onward.done;
    const run = () =>
      kind.calls.replay(message.id, edit()).catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'task.answer_invalid') setRefused(placed(error.problems));
        throw error;
      });
    if (await act({ run, done: `The ${kind.one} is ${done}.`, changes })) onNext();
  };
  const end = async (): Promise<void> => {
    if (
      await act({ run: () => kind.calls.discard(message.id), done: `The ${kind.one} is ${kind.away.done}.`, changes })
    )
      onNext();
  };

  return (
    <Stack gap="md">
      {message.task?.title && (
        <Text size="lg" fw={600}>
          {message.task.title}
        </Text>
      )}
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
      {kind.id === 'trash' && mayAct && (
        <Destination
          messageId={message.id}
          version={message.version}
          node={message.node}
          chosen={destination}
          onChoose={setDestination}
        />
      )}
      <Tabs defaultValue={form ? 'answer' : 'body'} keepMounted={false}>
        <Tabs.List>
          {form && <Tabs.Tab value="answer">Answer</Tabs.Tab>}
          <Tabs.Tab value="body">Content</Tabs.Tab>
          <Tabs.Tab value="headers">Headers ({Object.keys(headers).length})</Tabs.Tab>
          <Tabs.Tab value="attempts">Attempts ({attempts.length})</Tabs.Tab>
        </Tabs.List>
        {form && (
          <Tabs.Panel value="answer" pt="md">
            <TaskAnswer
              questions={questions}
              answer={answer}
              problems={problems}
              data={original}
              disabled={!mayAct}
              onChange={(next) => write(JSON.stringify(next, null, 2))}
            />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="body" pt="sm">
          <div className="code-box" style={{ height: 'max(240px, 100dvh - 480px)' }}>
            {isText ? (
              <Code label="Content" text={text} language={language} {...(mayAct ? { onChange: write } : {})} />
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
          <Group c="vermilion" style={{ marginRight: 'auto' }} role="alert">
            {wrong}
          </Group>
        )}
        <Button variant="default" leftSection={<IconX size={16} />} disabled={!mayAct} onClick={() => void end()}>
          {kind.away.verb}
        </Button>
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          disabled={!mayAct || wrong !== null || destination?.node === null}
          onClick={() => void goOn()}
        >
          {form ? 'Answer' : edited ? `Save and ${kind.onward.verb.toLowerCase()}` : kind.onward.verb}
        </Button>
      </div>
    </Stack>
  );
}

/** undefined when it is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
