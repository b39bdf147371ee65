import { IconBell } from '@sluice/icons';
import type { NotificationRuleView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../frame/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { plural } from '../../parts/words.ts';
import { whenOf } from './words.ts';

const COLUMNS: readonly Column<NotificationRuleView>[] = [
  { id: 'name', header: 'Rule', width: 'minmax(110px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
  { id: 'when', header: 'When', width: 'minmax(170px, 2fr)', cell: ({ when }) => whenOf(when) },
  { id: 'to', header: 'Tells', width: 'minmax(90px, 1fr)', cell: ({ to }) => to.join(', ') },
  {
    id: 'quiet',
    header: 'Then quiet',
    width: '100px',
    wide: true,
    cell: ({ quietMinutes }) => (quietMinutes === 0 ? 'no' : `${quietMinutes} min`),
  },
  {
    id: 'state',
    header: 'Now',
    width: 'minmax(110px, 1fr)',
    cell: ({ enabled, firing, gathered }) =>
      !enabled ? (
        <Status of="disabled" label="off" />
      ) : gathered > 0 ? (
        <Status of="held" label={`${plural(gathered, 'thing')} to tell`} />
      ) : (
        <Status
          of={firing.length > 0 ? 'failed' : 'up'}
          label={firing.length > 0 ? `${firing.length} lasting` : 'quiet'}
        />
      ),
  },
  {
    id: 'last',
    header: 'Last told',
    width: '110px',
    cell: ({ lastSentAt }) => (lastSentAt === null ? 'not yet' : <Time at={lastSentAt} />),
  },
];

export interface RulesProps {
  readonly onOpen: (name: string) => void;
  readonly add: ReactNode;
}

export function Rules({ onOpen, add }: RulesProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['notifications', 'rules'],
    queryFn: () => api.notifications.rules(),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Rules"
      columns={COLUMNS}
      rows={data?.items ?? []}
      keyOf={({ name }) => name}
      loading={isPending}
      onOpen={({ name }) => onOpen(name)}
      empty={
        <EmptyState icon={IconBell} title="Nobody is told of anything" action={add}>
          A rule says when somebody is told and how. Many things at once are one message.
        </EmptyState>
      }
    />
  );
}
