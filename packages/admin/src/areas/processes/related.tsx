// Where a process came from, what it started, and how often it ran again.

import { Skeleton, Stack } from '@mantine/core';
import { IconBinaryTree } from '@sluice/icons';
import type { ProcessView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { PageLink } from '../../parts/link.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import styles from './related.module.css';

const RELATIONS = {
  call: 'called by',
  start: 'started by',
  topic: 'a publication of',
  compensation: 'undoes',
} as const;

export function Related({ process }: { readonly process: ProcessView }) {
  const { id, parent, replayOf } = process;
  const { data } = useQuery({
    queryKey: ['process', id, 'related'],
    queryFn: async () => {
      const up = [
        ...(parent ? [{ words: RELATIONS[parent.relation], id: parent.processId }] : []),
        ...(replayOf === null ? [] : [{ words: 'runs again', id: replayOf }]),
      ];
      const [above, below, again] = await Promise.all([
        Promise.all(up.map(async ({ words, id: of }) => ({ words, process: await api.processes.get(of) }))),
        api.processes.list({ parentId: id, limit: 100 }),
        api.processes.list({ replayOf: id, limit: 100 }),
      ]);
      return [
        ...above,
        ...below.items.map((one) => ({ words: 'started', process: one })),
        ...again.items.map((one) => ({ words: 'run again as', process: one })),
      ];
    },
  });
  if (!data) return <Skeleton height={120} />;
  if (data.length === 0)
    return (
      <div className="card">
        <EmptyState icon={IconBinaryTree} title="It stands alone">
          Processes that call each other, publish to topics, undo each other or run again are linked here.
        </EmptyState>
      </div>
    );
  return (
    <Stack className={`card ${styles.list}`} gap={0}>
      {data.map(({ words, process: other }) => (
        <div key={`${words} ${other.id}`} className={styles.row}>
          <span>{words}</span>
          <PageLink to={`/processes/${other.id}`} size="sm">
            {other.businessKey ?? other.topology} <span className="mono">…{other.id.slice(-12)}</span>
          </PageLink>
          <Status of={other.status} />
          <Time at={other.startedAt} />
        </div>
      ))}
    </Stack>
  );
}
