// How full limits are, and what waits for its turn.

import { Progress, Text } from '@mantine/core';
import { IconDroplet } from '@sluice/icons';
import type { LimitView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { count, duration, when } from '../../parts/words.ts';

const COLUMNS: readonly Column<LimitView>[] = [
  {
    id: 'of',
    header: 'Of',
    width: 'minmax(120px, 1.4fr)',
    cell: ({ of, name }) =>
      of === 'application' ? (
        <PageLink to={`/applications/${name}`} size="sm">
          {name}
        </PageLink>
      ) : of === 'node' ? (
        <PageLink to={`/topologies/${name.split('/')[0]}`} size="sm">
          {name}
        </PageLink>
      ) : (
        name
      ),
  },
  { id: 'user', header: 'For', width: 'minmax(80px, 0.8fr)', cell: ({ user }) => user ?? 'all together' },
  {
    id: 'allows',
    header: 'Allows',
    width: '140px',
    cell: ({ amount, windowMs }) =>
      amount === null ? 'what the service says' : `${count(amount)} in any ${duration(windowMs)}`,
  },
  {
    id: 'fill',
    header: 'Full',
    width: 'minmax(110px, 1.4fr)',
    cell: ({ amount, taken, name }) =>
      amount === null ? (
        ''
      ) : (
        <span>
          <Progress
            size="md"
            value={(100 * taken) / amount}
            color={taken >= amount ? 'amber' : 'water'}
            aria-label={`${name}: ${taken} of ${amount}`}
          />
          <Text span size="xs" c="dimmed">
            {count(taken)} of {count(amount)}
          </Text>
        </span>
      ),
  },
  { id: 'messages', header: 'Waiting', width: '60px', align: 'end', cell: ({ messages }) => count(messages) },
  {
    id: 'callers',
    header: 'Callers wait',
    width: '100px',
    align: 'end',
    wide: true,
    cell: ({ callers }) => count(callers),
  },
  {
    id: 'state',
    header: 'State',
    width: '120px',
    cell: ({ pausedUntil, messages, callers }) =>
      pausedUntil !== null ? (
        <Status of="delayed" label={`paused until ${when(pausedUntil)}`} />
      ) : (
        <Status
          of={messages + callers > 0 ? 'limited' : 'up'}
          label={messages + callers > 0 ? 'something waits' : 'free'}
        />
      ),
  },
];

export function LimitsPage() {
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['limits'], queryFn: () => api.limits() });
  const rows = [...(data?.items ?? [])].sort(
    (a, b) => b.messages + b.callers - a.messages - a.callers || b.taken / (b.amount ?? 1) - a.taken / (a.amount ?? 1),
  );
  return (
    <Page title="Limits" fill description="Queued messages and synchronous calls share them, and users take turns.">
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Limits"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ of, name, user, amount, windowMs }) => `${of} ${name} ${user} ${amount} ${windowMs}`}
          loading={isPending}
          empty={
            <EmptyState icon={IconDroplet} title="No limit is in use">
              An application says how often its service may be called; a node can have a limit of its own. As soon as
              something is called under one, how full it is stands here.
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}
