// Every install of every application by how it is: what is broken first, then what ends next.

import { SegmentedControl, TextInput } from '@mantine/core';
import { IconPlugConnected, IconSearch } from '@sluice/icons';
import type { ApplicationView, InstallView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { becauseOf, endsSoon, READINESS, readinessOf, URGENCY } from './offer.ts';

interface Address extends Search {
  readonly find?: string | undefined;
  readonly show?: string | undefined;
}

const keyOf = ({ application, user }: InstallView): string => `${application} ${user}`;

/** The most urgent first; of equal ones that whose token ends first. */
const byUrgency = (a: InstallView, b: InstallView): number =>
  URGENCY.indexOf(readinessOf(a)) - URGENCY.indexOf(readinessOf(b)) ||
  (a.tokenExpiresAt ?? Number.POSITIVE_INFINITY) - (b.tokenExpiresAt ?? Number.POSITIVE_INFINITY) ||
  keyOf(a).localeCompare(keyOf(b));

const columnsOf = (applications: readonly ApplicationView[]): readonly Column<InstallView>[] => [
  {
    id: 'application',
    header: 'Application',
    width: 'minmax(150px, 1.4fr)',
    cell: ({ application }) => (
      <strong>{applications.find(({ key }) => key === application)?.name ?? application}</strong>
    ),
  },
  { id: 'user', header: 'User', width: 'minmax(110px, 1fr)', cell: ({ user }) => user },
  {
    id: 'state',
    header: 'State',
    width: '150px',
    cell: (install) => {
      const { tone, label } = READINESS[readinessOf(install)];
      return <Status of={tone} label={label} />;
    },
  },
  { id: 'why', header: 'Because', width: 'minmax(140px, 2fr)', cell: becauseOf },
  {
    id: 'token',
    header: 'Token ends',
    width: '130px',
    cell: ({ tokenExpiresAt }) => (tokenExpiresAt === null ? '·' : <Time at={tokenExpiresAt} />),
  },
  { id: 'changed', header: 'Changed', width: '130px', wide: true, cell: ({ changedAt }) => <Time at={changedAt} /> },
];

export function ConnectionsPage() {
  const [{ find = '', show = '' }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['installs'],
    queryFn: () => api.installs.list(),
  });
  const applications =
    useQuery({ queryKey: ['applications'], queryFn: () => api.applications.list() }).data?.items ?? [];
  const rows = (data?.items ?? [])
    .filter(({ application, user }) => `${application} ${user}`.toLowerCase().includes(find.toLowerCase()))
    .filter((install) =>
      show === 'attention'
        ? !['ready', 'off'].includes(readinessOf(install))
        : show === 'ends'
          ? endsSoon(install)
          : true,
    )
    .sort(byUrgency);
  return (
    <Page
      title="Connections"
      fill
      description="Who is connected to which application, and whether it still works. Tokens that can be renewed are renewed by themselves, shortly before they end."
      crumbs={
        <PageLink to="/applications" size="sm" c="dimmed">
          App store
        </PageLink>
      }
      bar={
        <>
          <TextInput
            data-find
            aria-label="Application or user"
            placeholder="Application or user"
            leftSection={<IconSearch size={15} aria-hidden />}
            w={240}
            defaultValue={find}
            onChange={(event) => setAddress({ find: event.currentTarget.value || undefined })}
          />
          <SegmentedControl
            aria-label="Which"
            value={show}
            onChange={(value) => setAddress({ show: value || undefined })}
            data={[
              { value: '', label: 'All' },
              { value: 'attention', label: 'Need somebody' },
              { value: 'ends', label: 'Token ends within a day' },
            ]}
          />
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Connections"
          columns={columnsOf(applications)}
          rows={rows}
          keyOf={keyOf}
          loading={isPending}
          onOpen={({ application, user }) =>
            void navigate({ to: `/applications/${application}`, search: { user, tab: 'set-up' } as never })
          }
          empty={
            data?.items.length === 0 ? (
              <EmptyState icon={IconPlugConnected} title="Nobody is connected to anything">
                Install an application from the app store: it keeps the credentials of a user and signs with them.
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconPlugConnected}
                title={show === '' || find !== '' ? 'No connection matches' : 'Everything is in order'}
              >
                {show === 'ends'
                  ? 'No token ends within a day.'
                  : 'No install lacks credentials or has to be authorised.'}
              </EmptyState>
            )
          }
        />
      )}
    </Page>
  );
}
