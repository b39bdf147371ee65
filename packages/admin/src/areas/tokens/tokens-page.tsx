// Tokens by which programs use the API of the platform.

import { Button, Drawer, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTicket } from '@sluice/icons';
import { SCOPES, type TokenCreated, type TokenView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay, useSession } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Once } from '../../parts/once.tsx';
import { Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { ScopePicker } from '../../parts/scope-picker.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';

interface Address extends Search {
  readonly new?: string | undefined;
}

const DAY = 86_400_000;
const LIFETIMES = [
  { value: '', label: 'It does not end' },
  { value: String(30 * DAY), label: 'After 30 days' },
  { value: String(90 * DAY), label: 'After 90 days' },
  { value: String(365 * DAY), label: 'After a year' },
];

export function TokensPage() {
  const [address, setAddress] = useAddress<Address>();
  const may = useMay('token:write');
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['tokens'], queryFn: () => api.tokens.list() });
  const columns: readonly Column<TokenView>[] = [
    { id: 'name', header: 'Token', width: 'minmax(110px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
    {
      id: 'scopes',
      header: 'May',
      width: 'minmax(130px, 2fr)',
      cell: ({ scopes }) => <span title={scopes.join('\n')}>{scopes.join(', ')}</span>,
    },
    { id: 'owner', header: 'Of', width: 'minmax(80px, 0.7fr)', cell: ({ owner }) => owner?.name ?? 'the platform' },
    {
      id: 'used',
      header: 'Last used',
      width: '120px',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'not yet' : <Time at={lastUsedAt} />),
    },
    {
      id: 'ends',
      header: 'Ends',
      width: '120px',
      cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} />),
    },
    {
      id: 'revoke',
      header: '',
      width: '90px',
      cell: (token) => (
        <Button size="compact-xs" variant="subtle" color="vermilion" disabled={!may} onClick={() => setRevoking(token)}>
          Revoke …
        </Button>
      ),
    },
  ];
  const add = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={!may}
      onClick={() => setAddress({ new: 'yes' }, { push: true })}
    >
      New token
    </Button>
  );
  return (
    <Page
      title="API tokens"
      fill
      description="By which programs use the platform. Callers of the gateway are consumers."
      actions={add}
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Tokens"
          columns={columns}
          rows={data?.items ?? []}
          keyOf={({ id }) => id}
          loading={isPending}
          empty={
            <EmptyState icon={IconTicket} title="No program has a token" action={add}>
              A token may what you choose, and never more than you. It is shown once.
            </EmptyState>
          }
        />
      )}
      {address.new !== undefined && <NewToken onClose={() => setAddress({ new: undefined })} />}
      {revoking !== null && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          verb="Revoke"
          run={() => api.tokens.revoke(revoking.id)}
          done="It ended."
          changes={['tokens', 'workers']}
          onClose={() => setRevoking(null)}
        >
          Whatever uses it is refused from now on
          {revoking.name.startsWith('worker ') ? ', and the worker is cut off' : ''}.
        </Confirm>
      )}
    </Page>
  );
}

function NewToken({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [lifetime, setLifetime] = useState(String(90 * DAY));
  const [made, setMade] = useState<TokenCreated | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const create = async (): Promise<void> => {
    setProblem(null);
    try {
      const ends = lifetime === '' ? {} : { expiresAt: Date.now() + Number(lifetime) };
      setMade(await api.tokens.create({ name, scopes: [...scopes] as never, ...ends }));
      refresh(['tokens']);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Drawer opened onClose={onClose} title="New token" size={520}>
      {made !== null ? (
        <Stack>
          <Once what="The token" value={made.token}>
            Programs send it as <code>Authorization: Bearer …</code>. If it gets lost, revoke it and make another.
          </Once>
          <Group justify="flex-end">
            <Button onClick={onClose}>I have it</Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void create();
          }}
        >
          <Stack>
            <TextInput
              label="Name"
              description="What uses it."
              placeholder="nightly report"
              required
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label="Ends"
              data={LIFETIMES}
              value={lifetime}
              allowDeselect={false}
              onChange={(value) => setLifetime(value ?? '')}
            />
            <ScopePicker
              chosen={scopes}
              onChange={setScopes}
              of={SCOPES.filter((scope) => session.scopes.has(scope))}
            />
            <Problem of={problem} />
            <Group justify="flex-end">
              <Button type="submit" disabled={name === '' || scopes.length === 0}>
                Create
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Drawer>
  );
}
