// One step: what came to the node and what went on from it, side by side; and its way to run again, perhaps changed.

import { Alert, Button, Drawer, Group, Select, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconPlayerPlay } from '@sluice/icons';
import type { StepView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { CopyId } from '../../parts/copy-id.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Code, Payload } from '../../parts/payload.tsx';
import { jsonProblem, languageOf, layOut, textOf } from '../../parts/payload-text.ts';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { bytes, duration, plural } from '../../parts/words.ts';

export interface StepDrawerProps {
  readonly processId: string;
  readonly steps: readonly StepView[];
  readonly id: string;
  readonly onClose: () => void;
}

/** Contents come with the history, of as many steps as one answer may hold. */
const MOST = 200;

export function StepDrawer({ processId, steps, id, onClose }: StepDrawerProps) {
  const step = steps.find((one) => one.id === id);
  const { data } = useQuery({
    queryKey: ['process', processId, 'contents'],
    queryFn: () => api.processes.history(processId, { limit: MOST, bodies: true }),
  });
  return (
    <Drawer opened onClose={onClose} size="min(1080px, 100%)" title={step?.node ?? 'Step'}>
      {step ? <Step key={id} step={step} all={data?.items} /> : <Text>This step is not there any more.</Text>}
    </Drawer>
  );
}

function Step({ step, all }: { readonly step: StepView; readonly all: readonly StepView[] | undefined }) {
  const mayAct = useMay('process:write');
  const navigate = useNavigate();
  const before = all?.find(({ id }) => id === step.id);
  const outputs = all?.filter(({ parentId }) => parentId === step.id) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const after = outputs.find(({ id }) => id === chosen) ?? outputs[0];
  const [edit, setEdit] = useState<string | null>(null);
  const isText = typeof before?.body === 'string';
  const text = before?.body === undefined ? '' : textOf(before.body);
  const language = languageOf(step.contentType, text);
  const wrong = edit !== null && language === 'json' ? jsonProblem(edit) : null;

  const again = async (): Promise<void> => {
    const started = await act({
      run: () => api.processes.replay(step.processId, { messageId: step.id, ...(edit === null ? {} : { body: edit }) }),
      done: `It runs again from ${step.node}, as a new process.`,
      changes: ['processes', 'statistics'],
    });
    if (started) void navigate({ to: `/processes/${started.processId}` });
  };

  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Facts
          inline
          of={[
            ['State', <Status key="s" of={step.state} label={step.result ?? step.state} />],
            ['Arrived', <Time key="t" at={step.arrivedAt} />],
            step.durationMs === null ? null : ['Worked', duration(step.durationMs)],
            ['Went on', plural(step.emitted, 'message')],
            ['Message', <CopyId key="m" id={step.id} short />],
          ]}
        />
        <Group gap="xs">
          {isText && edit === null && (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} />}
              disabled={!mayAct}
              onClick={() => setEdit(layOut(text, language))}
            >
              Change the content
            </Button>
          )}
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            disabled={!mayAct || wrong !== null}
            onClick={() => void again()}
          >
            Run again from here
          </Button>
        </Group>
      </Group>
      {step.reason !== null && (
        <Alert
          color={step.state === 'trash' ? 'vermilion' : 'gray'}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={step.reason}
        >
          {step.code}
        </Alert>
      )}
      {wrong !== null && <Alert color="vermilion">{wrong}</Alert>}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {!before ? (
          <Skeleton height={420} />
        ) : edit === null ? (
          <Payload
            title={`What came in · ${bytes(step.bytes)}`}
            label="What came in"
            body={before.body}
            contentType={before.contentType}
            height="max(320px, 100dvh - 330px)"
          />
        ) : (
          <div className="code-box" style={{ height: 'max(320px, 100dvh - 330px)' }}>
            <Code label="Changed content" text={edit} language={language} onChange={setEdit} />
          </div>
        )}
        {after ? (
          <Stack gap="xs">
            {outputs.length > 1 && (
              <Select
                aria-label="Which message went on"
                data={outputs.map(({ id, node }, index) => ({ value: id, label: `${index + 1}. to ${node}` }))}
                value={after.id}
                onChange={setChosen}
                allowDeselect={false}
              />
            )}
            <Payload
              title={`What went on to ${after.node} · ${bytes(after.bytes)}`}
              label={`What went on to ${after.node}`}
              body={after.body}
              contentType={after.contentType}
              height={outputs.length > 1 ? 'max(276px, 100dvh - 374px)' : 'max(320px, 100dvh - 330px)'}
            />
          </Stack>
        ) : (
          <Text c="dimmed" p="md">
            {step.state === 'done'
              ? 'Nothing went on from here: the way of this message ends.'
              : 'Nothing went on from here so far.'}
          </Text>
        )}
      </SimpleGrid>
      {step.attempts.length > 0 && (
        <Stack gap={4}>
          <span className="overline">Attempts before</span>
          {step.attempts.map(({ attempt, at, durationMs, reason }) => (
            <Text key={attempt} size="sm">
              {attempt}. <Time at={at} /> after {duration(durationMs)}: {reason}
            </Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
