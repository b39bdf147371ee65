import { IconSend } from '@sluice/icons';
import type { DeliveryView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';

const TONES = { sent: 'done', waiting: 'delayed', failed: 'failed' } as const;

const COLUMNS: readonly Column<DeliveryView>[] = [
  { id: 'at', header: 'At', width: '110px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'subject',
    header: 'Told',
    width: 'minmax(180px, 3fr)',
    cell: ({ subject }) => <span title={subject}>{subject}</span>,
  },
  { id: 'rule', header: 'Rule', width: 'minmax(90px, 0.8fr)', cell: ({ rule }) => rule ?? 'a test' },
  { id: 'channel', header: 'Channel', width: 'minmax(90px, 0.8fr)', cell: ({ channel }) => channel },
  { id: 'state', header: 'State', width: '96px', cell: ({ state }) => <Status of={TONES[state]} label={state} /> },
  {
    id: 'error',
    header: 'What refused it',
    width: 'minmax(110px, 1fr)',
    cell: ({ error, attempts, nextTryAt }) =>
      error === null ? (
        ''
      ) : (
        <span title={error}>
          {error}{' '}
          {nextTryAt === null ? (
            `(${attempts} attempts)`
          ) : (
            <>
              Again <Time at={nextTryAt} />.
            </>
          )}
        </span>
      ),
  },
];

export function Deliveries() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['notifications', 'deliveries'],
    queryFn: () => api.notifications.deliveries({ limit: 500 }),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Deliveries"
      columns={COLUMNS}
      rows={data?.items ?? []}
      keyOf={({ id }) => id}
      loading={isPending}
      empty={
        <EmptyState icon={IconSend} title="Nothing was sent yet">
          What rules told, and what refused it, stands here; the newest 500 are kept.
        </EmptyState>
      }
    />
  );
}
