// One act for many: first how many it is, then how far it is. It goes in portions, so it can be stopped in between.

import { Alert, Button, Group, List, Modal, Progress, Stack, Text } from '@mantine/core';
import type { BulkAnswer, BulkOptions } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { refresh, refuse } from './act.ts';
import { Problem } from './problem.tsx';
import { count, plural } from './words.ts';

export interface BulkDialogProps {
  /** "Replay", on its button. */
  readonly verb: string;
  /** "replayed", when it is done. */
  readonly done: string;
  readonly one: string;
  readonly many?: string;
  /** What it means for the data. */
  readonly explanation: string;
  readonly danger?: boolean;
  readonly run: (options: BulkOptions) => Promise<BulkAnswer>;
  /** First parts of the keys of queries that are old then. */
  readonly changes: readonly string[];
  readonly onClose: () => void;
  /** What can be chosen before it begins, beside what is foreseen for it. */
  readonly choice?: {
    /** Another one is foreseen anew. */
    readonly of: unknown;
    readonly show: (foreseen: BulkAnswer | undefined) => ReactNode;
  };
}

const PORTION = 250;

interface Course {
  readonly done: number;
  readonly failed: BulkAnswer['failed'];
  readonly state: 'asking' | 'running' | 'stopped' | 'finished';
}

export function BulkDialog(props: BulkDialogProps) {
  const { verb, done, one, many = `${one}s`, explanation, danger = false, run, changes, onClose, choice } = props;
  const foreseen = useQuery({
    queryKey: ['foreseen', verb, one, choice?.of],
    queryFn: () => run({ dryRun: true }),
    placeholderData: (before) => before,
    gcTime: 0,
    staleTime: 0,
  });
  const { matched: total = 0, next, foreseen: places } = foreseen.data ?? {};
  /** Those that go along; the others stay as they are. */
  const going = places ? places.reduce((sum, { to, count: some }) => sum + (to === null ? 0 : some), 0) : total;
  // A dry run does not count without end either.
  const atLeast = next === undefined ? '' : 'more than ';
  const [course, setCourse] = useState<Course>({ done: 0, failed: [], state: 'asking' });
  const stop = useRef(false);

  const start = async (): Promise<void> => {
    let now: Course = { done: 0, failed: [], state: 'running' };
    let cursor: string | undefined;
    setCourse(now);
    try {
      do {
        const answer = await run({ limit: PORTION, ...(cursor === undefined ? {} : { cursor }) });
        now = { ...now, done: now.done + answer.done, failed: [...now.failed, ...answer.failed] };
        cursor = answer.next;
        setCourse(now);
      } while (cursor !== undefined && !stop.current);
      setCourse({ ...now, state: cursor === undefined ? 'finished' : 'stopped' });
    } catch (error) {
      refuse(error);
      setCourse({ ...now, state: 'stopped' });
    }
    refresh(changes);
  };

  const { state } = course;
  const taken = course.done + course.failed.length;
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={state !== 'running'}
      withCloseButton={state !== 'running'}
      size={choice ? 'lg' : 'md'}
      title={`${verb} ${foreseen.data ? `${atLeast}${plural(total, one, many)}` : many}`}
    >
      <Stack gap="md">
        <Problem of={foreseen.error} />
        {state === 'asking' ? (
          <>
            <Text>{explanation}</Text>
            {choice?.show(foreseen.data)}
          </>
        ) : (
          <>
            <Progress
              value={total === 0 ? 100 : (100 * taken) / Math.max(total, taken)}
              animated={state === 'running'}
              size="lg"
              aria-label={`${count(taken)} of ${count(total)}`}
            />
            <Text role="status">
              {count(course.done)} of {count(Math.max(total, taken))} {done}
              {course.failed.length > 0 && `, ${count(course.failed.length)} refused`}
              {state === 'stopped' && '. Stopped; the rest is as it was.'}
            </Text>
          </>
        )}
        {course.failed.length > 0 && (
          <Alert color="vermilion" title="Refused">
            <List size="sm">
              {course.failed.slice(0, 5).map(({ id, detail }) => (
                <List.Item key={id}>{detail}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          {state === 'asking' && (
            <>
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
              <Button
                color={danger ? 'vermilion' : 'water'}
                loading={foreseen.isFetching}
                disabled={going === 0}
                onClick={() => void start()}
              >
                {verb} {atLeast}
                {count(going)}
              </Button>
            </>
          )}
          {state === 'running' && (
            <Button
              variant="default"
              onClick={() => {
                stop.current = true;
              }}
            >
              Stop after this portion
            </Button>
          )}
          {(state === 'finished' || state === 'stopped') && <Button onClick={onClose}>Close</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
