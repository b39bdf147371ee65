// Lines that steps wrote for people, the newest first; they come as they are written.

import { Select, Switch, TextInput } from '@mantine/core';
import { IconFileText, IconSearch } from '@sluice/icons';
import type { LogView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';

interface Address extends Search {
  readonly text?: string | undefined;
  readonly level?: string | undefined;
  readonly topology?: string | undefined;
  readonly worker?: string | undefined;
  /** `no`: what is shown stays. */
  readonly follow?: string | undefined;
}

const LEVELS: Readonly<Record<string, string>> = { error: 'failed', warn: 'held', info: 'running', debug: 'draft' };
const MOST = 1_000;

const COLUMNS: readonly Column<LogView & { key: string }>[] = [
  { id: 'at', header: 'At', width: '110px', cell: ({ at }) => <Time at={at} /> },
  {
    id: 'level',
    header: 'Level',
    width: '90px',
    cell: ({ level }) => <Status of={LEVELS[level] ?? 'draft'} label={level} />,
  },
  {
    id: 'message',
    header: 'Message',
    width: 'minmax(240px, 3fr)',
    cell: ({ message }) => <span title={message}>{message}</span>,
  },
  {
    id: 'where',
    header: 'Node',
    width: 'minmax(120px, 1fr)',
    cell: ({ topology, node }) => [topology, node].filter((part) => part !== null).join(' / '),
  },
  { id: 'worker', header: 'Worker', width: 'minmax(90px, 0.7fr)', wide: true, cell: ({ worker }) => worker ?? '' },
];

export function LogsPage() {
  const [{ text, level, topology, worker, follow }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const following = follow !== 'no';
  const filter = {
    ...(text ? { text } : {}),
    ...(level ? { level } : {}),
    ...(topology ? { topology } : {}),
    ...(worker ? { worker } : {}),
  };
  // The first part of the key says whether new lines concern it.
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [following ? 'logs' : 'logs-still', filter],
    queryFn: () => api.logs({ ...filter, limit: MOST }),
    placeholderData: (before) => before,
  });
  const mayTopologies = useMay('topology:read');
  const mayWorkers = useMay('worker:read');
  const topologies = useQuery({
    queryKey: ['topologies'],
    queryFn: () => api.topologies.list(),
    enabled: mayTopologies,
  }).data;
  const workers = useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: mayWorkers }).data;
  const rows = (data?.items ?? []).map((line, index) => ({ ...line, key: `${line.at} ${index}` })).reverse();
  return (
    <Page
      title="Logs"
      fill
      description="What steps wrote for people. The newest lines are kept; the history of processes is kept whole."
      bar={
        <>
          <TextInput
            data-find
            aria-label="Text"
            placeholder="Text in the line"
            leftSection={<IconSearch size={15} aria-hidden />}
            w={240}
            defaultValue={text ?? ''}
            onChange={(event) => setAddress({ text: event.currentTarget.value || undefined })}
          />
          <Select
            aria-label="Level"
            placeholder="Every level"
            data={Object.keys(LEVELS)}
            value={level ?? null}
            clearable
            w={130}
            onChange={(value) => setAddress({ level: value ?? undefined })}
          />
          <Select
            aria-label="Topology"
            placeholder="Every topology"
            data={[...new Set(topologies?.items.map(({ name }) => name))].sort()}
            value={topology ?? null}
            clearable
            searchable
            w={180}
            onChange={(value) => setAddress({ topology: value ?? undefined })}
          />
          <Select
            aria-label="Worker"
            placeholder="Every worker"
            data={(workers?.items ?? []).map(({ name }) => name)}
            value={worker ?? null}
            clearable
            searchable
            w={150}
            onChange={(value) => setAddress({ worker: value ?? undefined })}
          />
          <Switch
            label="Follow"
            checked={following}
            onChange={(event) => setAddress({ follow: event.currentTarget.checked ? undefined : 'no' })}
          />
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Log lines"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ key }) => key}
          loading={isPending}
          onOpen={({ processId }) => {
            if (processId !== null) void navigate({ to: `/processes/${processId}`, search: { tab: 'logs' } as never });
          }}
          empty={
            Object.keys(filter).length > 0 ? (
              <EmptyState icon={IconFileText} title="No line matches">
                Take away a part of the filter.
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconFileText}
                title="Nothing was written yet"
                command="context.log.info('Booked.', { forAdmin: true })"
              >
                Steps write lines for people; each knows its process, its node and its worker.
              </EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}
