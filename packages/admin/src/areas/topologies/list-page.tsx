// All topologies with their state and what is in them now.

import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconFileImport, IconPlus, IconSitemap } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { useLedger } from '../../frame/ledger.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { Spark } from '../../parts/spark.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { short } from '../../parts/words.ts';
import { ImportDialog } from './import-dialog.tsx';
import { NewDialog } from './new-dialog.tsx';
import { type Overview, overviewOf } from './overview.ts';

type Address = { find?: string; open?: string };

const Quiet = ({ value, bad = false }: { readonly value: number; readonly bad?: boolean }) => (
  <Text span size="sm" c={value === 0 ? 'dimmed' : bad ? 'vermilion' : undefined} fw={bad && value > 0 ? 600 : 400}>
    {short(value)}
  </Text>
);

const COLUMNS: readonly Column<Overview>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(170px, 2fr)',
    cell: ({ name }) => (
      <Text span fw={550} size="sm">
        {name}
      </Text>
    ),
  },
  {
    id: 'state',
    header: 'Runs',
    width: '150px',
    cell: ({ enabled, versions }) =>
      enabled ? (
        <Status of="enabled" label={`version ${enabled.version}`} />
      ) : (
        <Status of={versions[0]!.state} label={versions[0]!.state === 'draft' ? 'draft only' : 'not enabled'} />
      ),
  },
  {
    id: 'newest',
    header: 'Newest',
    width: '130px',
    wide: true,
    cell: ({ versions }) => (
      <Text span c="dimmed" size="sm">
        v{versions[0]!.version}, {versions[0]!.state}
      </Text>
    ),
  },
  { id: 'running', header: 'Running', width: '76px', align: 'end', cell: ({ running }) => <Quiet value={running} /> },
  { id: 'queued', header: 'In queues', width: '82px', align: 'end', cell: ({ queued }) => <Quiet value={queued} /> },
  { id: 'trash', header: 'Trash', width: '66px', align: 'end', cell: ({ trash }) => <Quiet value={trash} bad /> },
  {
    id: 'day',
    header: 'Last day',
    width: '132px',
    cell: ({ hours }) => <Spark label="Last day" bars={hours} />,
    wide: true,
  },
  {
    id: 'changed',
    header: 'Changed',
    width: '110px',
    cell: ({ versions }) => <Time at={versions[0]!.createdAt} />,
    wide: true,
  },
];

export function ListPage() {
  const [{ find = '', open }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const mayWrite = useMay('topology:write');
  const versions = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() });
  const ledger = useLedger();
  const statistics = useQuery({ queryKey: ['statistics', '24h'], queryFn: () => api.statistics('24h') });
  const all = overviewOf(versions.data?.items ?? [], ledger.data, statistics.data);
  const rows = all.filter(({ name }) => name.includes(find.toLowerCase()));
  const close = (): void => setAddress({ open: undefined });
  const buttons = (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        disabled={!mayWrite}
        onClick={() => setAddress({ open: 'import' }, { push: true })}
      >
        Import
      </Button>
      <Button
        leftSection={<IconPlus size={16} />}
        disabled={!mayWrite}
        onClick={() => setAddress({ open: 'new' }, { push: true })}
      >
        New topology
      </Button>
    </Group>
  );
  return (
    <Page
      title="Topologies"
      fill
      actions={buttons}
      bar={
        <TextInput
          data-find
          aria-label="Name"
          placeholder="Find by name"
          w={260}
          defaultValue={find}
          onChange={(event) => setAddress({ find: event.currentTarget.value || undefined })}
        />
      }
    >
      {versions.error && !versions.data ? (
        <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
      ) : (
        <DataTable
          label="Topologies"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ name }) => name}
          loading={versions.isPending}
          onOpen={({ name }) => void navigate({ to: `/topologies/${name}` })}
          empty={
            all.length === 0 ? (
              <EmptyState
                icon={IconSitemap}
                title="No topology yet"
                command="sluice topology import new-order.bpmn"
                action={buttons}
              >
                A topology says which steps a message goes through, and in which order. Draw one, or bring a file from
                another tool.
              </EmptyState>
            ) : (
              <EmptyState icon={IconSitemap} title={`Nothing is called “${find}”`} />
            )
          }
        />
      )}
      {open === 'new' && <NewDialog taken={all.map(({ name }) => name)} onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </Page>
  );
}
