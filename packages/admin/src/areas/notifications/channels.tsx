import { Button } from '@mantine/core';
import { IconSend } from '@sluice/icons';
import type { ChannelView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { KINDS, leadsTo } from './words.ts';

export interface ChannelsProps {
  readonly onOpen: (name: string) => void;
  readonly add: ReactNode;
}

export function Channels({ onOpen, add }: ChannelsProps) {
  const may = useMay('notification:write');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['notifications', 'channels'],
    queryFn: () => api.notifications.channels(),
  });
  const columns: readonly Column<ChannelView>[] = [
    { id: 'name', header: 'Channel', width: 'minmax(110px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
    { id: 'kind', header: 'Kind', width: '100px', cell: (one) => KINDS.find(({ value }) => value === one.kind)?.label },
    {
      id: 'to',
      header: 'Leads to',
      width: 'minmax(170px, 2.4fr)',
      cell: (one) => <span title={leadsTo(one)}>{leadsTo(one)}</span>,
    },
    {
      id: 'secret',
      header: 'Secret',
      width: '90px',
      wide: true,
      cell: ({ sealed }) => (sealed ? 'sealed' : 'none'),
    },
    {
      id: 'test',
      header: '',
      width: '84px',
      cell: ({ name }) => (
        <Button
          size="compact-xs"
          variant="default"
          disabled={!may}
          onClick={() =>
            void act({
              run: () => api.notifications.testChannel(name),
              done: `${name} took a test message.`,
              changes: ['notifications'],
            })
          }
        >
          Test
        </Button>
      ),
    },
  ];
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Channels"
      columns={columns}
      rows={data?.items ?? []}
      keyOf={({ name }) => name}
      loading={isPending}
      onOpen={({ name }) => onOpen(name)}
      empty={
        <EmptyState icon={IconSend} title="There is no way to tell anybody" action={add}>
          A channel is a mailbox, an address that is posted to, or a topology that is started.
        </EmptyState>
      }
    />
  );
}
