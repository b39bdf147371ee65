// Every worker with how it is.

import { Badge, Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconServer } from '@sluice/icons';
import type { WorkerView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { count } from '../../parts/words.ts';
import { HealthStatus } from './health.tsx';
import { type Address, RegisterDrawer, WAYS } from './register-drawer.tsx';

const COLUMNS: readonly Column<WorkerView>[] = [
  { id: 'name', header: 'Name', width: 'minmax(140px, 1.2fr)', cell: ({ name }) => <strong>{name}</strong> },
  { id: 'health', header: 'Health', width: 'minmax(150px, 1.6fr)', cell: (worker) => <HealthStatus of={worker} /> },
  {
    id: 'way',
    header: 'Joins by',
    width: '100px',
    cell: ({ transport }) => (
      <Badge variant="light" color="gray" radius="sm">
        {transport}
      </Badge>
    ),
  },
  {
    id: 'replicas',
    header: 'Replicas',
    width: '80px',
    align: 'end',
    cell: ({ transport, connections }) => (transport === 'link' ? count(connections) : '·'),
  },
  {
    id: 'actions',
    header: 'Actions',
    width: '80px',
    align: 'end',
    cell: ({ manifest }) => (manifest ? count(manifest.actions.length) : '·'),
  },
  {
    id: 'applications',
    header: 'Applications',
    width: '100px',
    align: 'end',
    wide: true,
    cell: ({ manifest }) => (manifest ? count(manifest.applications.length) : '·'),
  },
  { id: 'work', header: 'In work', width: '80px', align: 'end', cell: ({ underway }) => count(underway) },
  {
    id: 'sdk',
    header: 'SDK',
    width: 'minmax(120px, 1fr)',
    wide: true,
    cell: ({ manifest }) => (manifest ? `${manifest.sdk.name} ${manifest.sdk.version}` : 'has not said'),
  },
];

export function ListPage() {
  const [address, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const may = useMay('worker:write');
  const { data, error, refetch, isPending } = useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list() });
  const text = (address.find ?? '').toLowerCase();
  const rows = (data?.items ?? []).filter(
    ({ name, manifest }) =>
      name.toLowerCase().includes(text) || manifest?.actions.some((action) => action.name.toLowerCase().includes(text)),
  );
  const register = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={!may}
      onClick={() => setAddress({ register: 'link' }, { push: true })}
    >
      Register a worker
    </Button>
  );
  return (
    <Page
      title="Workers"
      fill
      description="Services that do the work of the steps."
      actions={register}
      bar={
        <TextInput
          data-find
          aria-label="Name or action"
          placeholder="Name or action"
          leftSection={<IconSearch size={15} aria-hidden />}
          w={260}
          defaultValue={address.find ?? ''}
          onChange={(event) => setAddress({ find: event.currentTarget.value || undefined })}
        />
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Workers"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ name }) => name}
          loading={isPending}
          onOpen={({ name }) => void navigate({ to: `/workers/${encodeURIComponent(name)}` })}
          empty={
            text === '' ? (
              <EmptyState
                icon={IconServer}
                title="No service has joined yet"
                command="npx sluice worker create greeter"
                action={register}
              >
                A worker is a service of yours with our SDK in it. It needs a name here and a token there; what it can
                do it says by itself, and its actions are then steps of your processes.
              </EmptyState>
            ) : (
              <EmptyState icon={IconServer} title="No worker matches">
                Neither a name nor an action has “{address.find}” in it.
              </EmptyState>
            )
          }
        />
      )}
      {WAYS.some(({ value }) => value === address.register) && (
        <RegisterDrawer
          way={address.register!}
          onWay={(register) => setAddress({ register })}
          onClose={() => setAddress({ register: undefined })}
        />
      )}
    </Page>
  );
}
