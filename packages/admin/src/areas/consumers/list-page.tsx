// Who may call the gateway: consumers, and issuers whose tokens are taken.

import { Badge, Button, Tabs, TextInput } from '@mantine/core';
import { IconKey, IconPlus, IconSearch } from '@sluice/icons';
import type { ConsumerView } from '@sluice/protocol';
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
import { Issuers } from './issuers.tsx';
import { NewConsumer } from './new-consumer.tsx';

interface Address extends Search {
  readonly find?: string | undefined;
  readonly new?: string | undefined;
  readonly tab?: string | undefined;
  readonly issuer?: string | undefined;
}

const COLUMNS: readonly Column<ConsumerView>[] = [
  { id: 'name', header: 'Consumer', width: 'minmax(140px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
  {
    id: 'scopes',
    header: 'Scopes',
    width: 'minmax(130px, 1.8fr)',
    cell: ({ scopes }) =>
      scopes.length === 0
        ? 'none'
        : scopes.map((scope) => (
            <Badge key={scope} variant="light" color="gray" radius="sm" tt="none" mr={4}>
              {scope}
            </Badge>
          )),
  },
  { id: 'user', header: 'Acts for', width: 'minmax(100px, 0.8fr)', wide: true, cell: ({ user }) => user },
  {
    id: 'credentials',
    header: 'Credentials',
    width: '140px',
    cell: ({ credentials }) =>
      credentials.length === 0 ? 'none yet' : [...new Set(credentials.map(({ kind }) => kind))].join(', '),
  },
  {
    id: 'used',
    header: 'Last used',
    width: '130px',
    cell: ({ credentials }) => {
      const last = Math.max(0, ...credentials.map(({ lastUsedAt }) => lastUsedAt ?? 0));
      return last === 0 ? 'never' : <Time at={last} />;
    },
  },
  {
    id: 'state',
    header: 'State',
    width: '100px',
    cell: ({ enabled }) => <Status of={enabled ? 'enabled' : 'disabled'} />,
  },
];

export function ListPage() {
  const [address, setAddress] = useAddress<Address>();
  const { tab = 'consumers', find = '' } = address;
  const may = useMay('gateway:write');
  return (
    <Page
      title="Consumers"
      fill
      description="Who may call routes of the gateway, and how each proves who it is."
      actions={
        tab === 'consumers' ? (
          <Button
            leftSection={<IconPlus size={16} />}
            disabled={!may}
            onClick={() => setAddress({ new: 'yes' }, { push: true })}
          >
            New consumer
          </Button>
        ) : (
          <Button
            leftSection={<IconPlus size={16} />}
            disabled={!may}
            onClick={() => setAddress({ issuer: '', new: 'yes' }, { push: true })}
          >
            New issuer
          </Button>
        )
      }
    >
      <Tabs
        className="tabs-fill"
        value={tab}
        onChange={(value) => setAddress({ tab: value ?? undefined, new: undefined })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="consumers">Consumers</Tabs.Tab>
          <Tabs.Tab value="issuers">Issuers of tokens</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="consumers" pt="md">
          <Consumers
            find={find}
            onFind={(text) => setAddress({ find: text || undefined })}
            onNew={() => setAddress({ new: 'yes' })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="issuers" pt="md">
          <Issuers
            open={address.new === 'yes' ? '' : address.issuer}
            onOpen={(issuer) => setAddress({ issuer, new: undefined }, { push: true })}
            onClose={() => setAddress({ issuer: undefined, new: undefined })}
          />
        </Tabs.Panel>
      </Tabs>
      {tab === 'consumers' && address.new === 'yes' && <NewConsumer onClose={() => setAddress({ new: undefined })} />}
    </Page>
  );
}

interface ConsumersProps {
  readonly find: string;
  readonly onFind: (text: string) => void;
  readonly onNew: () => void;
}

function Consumers({ find, onFind, onNew }: ConsumersProps) {
  const navigate = useNavigate();
  const may = useMay('gateway:write');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['gateway', 'consumers'],
    queryFn: () => api.consumers.list(),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const rows = (data?.items ?? []).filter(({ name, scopes, user }) =>
    `${name} ${user} ${scopes.join(' ')}`.toLowerCase().includes(find.toLowerCase()),
  );
  return (
    <>
      <TextInput
        data-find
        mb="sm"
        aria-label="Name, user or scope"
        placeholder="Name, user or scope"
        leftSection={<IconSearch size={15} aria-hidden />}
        w={260}
        defaultValue={find}
        onChange={(event) => onFind(event.currentTarget.value)}
      />
      <DataTable
        label="Consumers"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ name }) => name}
        loading={isPending}
        onOpen={({ name }) => void navigate({ to: `/consumers/${name}` })}
        empty={
          find === '' ? (
            <EmptyState
              icon={IconKey}
              title="Nobody may call yet"
              action={
                <Button disabled={!may} onClick={onNew}>
                  New consumer
                </Button>
              }
            >
              A consumer is a program or a customer outside. Give it scopes, then a key; routes ask for the scopes.
            </EmptyState>
          ) : (
            <EmptyState icon={IconKey} title="No consumer matches" />
          )
        }
      />
    </>
  );
}
