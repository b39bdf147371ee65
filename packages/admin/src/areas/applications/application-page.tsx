// One application: what it brings, and how a user has it.

import { Badge, Button, Group, Select, Skeleton, Tabs } from '@mantine/core';
import { ApiError } from '@sluice/client';
import { IconDownload } from '@sluice/icons';
import type { ApplicationView, InstallView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { AppLogo } from './app-logo.tsx';
import { InstallsTable } from './installs-table.tsx';
import { ofWorker, READINESS, readinessOf } from './offer.ts';
import { Overview } from './overview.tsx';
import { SetUp } from './set-up.tsx';
import { TryMethod } from './try-method.tsx';
import { UserDialog } from './user-dialog.tsx';

export interface Address extends Search {
  readonly tab?: string | undefined;
  readonly user?: string | undefined;
  /** Whose application, where several workers of the existing wire have one of this key. */
  readonly worker?: string | undefined;
  /** The person comes back from the provider. */
  readonly back?: string | undefined;
  readonly method?: string | undefined;
}

const DEFAULT_USER = 'default';

export function ApplicationPage() {
  const { key } = useParams({ strict: false }) as { key: string };
  const [{ worker }] = useAddress<Address>();
  const { data, error, refetch } = useQuery({
    queryKey: ['applications', key, worker ?? ''],
    queryFn: () => api.applications.get(key, worker === undefined ? {} : { worker }),
  });
  if (data) return <Known application={data} />;
  return (
    <Page title={key} crumbs={<Crumbs />}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={320} />}
    </Page>
  );
}

const Crumbs = () => (
  <PageLink to="/applications" size="sm" c="dimmed">
    App store
  </PageLink>
);

function Known({ application }: { readonly application: ApplicationView }) {
  const { key, name, up, workers, methods } = application;
  const of = ofWorker(application);
  const [{ tab: wanted, user = DEFAULT_USER }, setAddress] = useAddress<Address>();
  const [asking, setAsking] = useState(false);
  const may = useMay('application:write');
  const installs = useQuery({
    queryKey: ['installs', key],
    queryFn: () => api.installs.list({ application: key }),
  }).data?.items;
  const install = useQuery({
    queryKey: ['installs', key, user, of.worker ?? ''],
    queryFn: () => api.installs.get(key, user, of).catch(notThere),
  });
  const tab = wanted ?? (install.data ? 'set-up' : 'overview');
  const add = async (whom: string): Promise<void> => {
    const done = await act({
      run: () => api.installs.install(key, whom, of),
      done: `${name} is installed for ${whom}.`,
      undo: () => api.installs.uninstall(key, whom, of),
      changes: ['installs', 'applications'],
    });
    if (done) setAddress({ user: whom, tab: 'set-up' }, { push: true });
  };
  const users = [...new Set([user, ...(installs ?? []).map((one) => one.user)])].sort();
  return (
    <Page
      title={name}
      crumbs={<Crumbs />}
      heading={
        <>
          <AppLogo of={application} size={38} /> {name}{' '}
          <Status of={up ? 'up' : 'down'} label={up ? workers.join(', ') : `${workers.join(', ')} is away`} />
        </>
      }
      actions={
        <Group gap="xs">
          <Select
            aria-label="User"
            w={180}
            data={[...users.map((value) => ({ value, label: value })), { value: '', label: 'Another user …' }]}
            value={user}
            allowDeselect={false}
            onChange={(value) => {
              if (value === '') setAsking(true);
              else setAddress({ user: value === DEFAULT_USER ? undefined : (value ?? undefined) });
            }}
          />
          {install.data === null && (
            <Button leftSection={<IconDownload size={16} />} disabled={!may} onClick={() => void add(user)}>
              Install
            </Button>
          )}
          {install.data && (
            <Badge variant="light" color="gray" size="lg" radius="sm" tt="none">
              <Status
                of={READINESS[readinessOf(install.data)].tone}
                label={READINESS[readinessOf(install.data)].label}
              />
            </Badge>
          )}
        </Group>
      }
    >
      <Tabs value={tab} onChange={(value) => setAddress({ tab: value ?? undefined })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">What it brings</Tabs.Tab>
          <Tabs.Tab value="set-up" disabled={!install.data}>
            Set up
          </Tabs.Tab>
          {methods.length > 0 && <Tabs.Tab value="try">Try a method</Tabs.Tab>}
          <Tabs.Tab value="users">Users{installs && installs.length > 0 ? ` ${installs.length}` : ''}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <Overview application={application} />
        </Tabs.Panel>
        <Tabs.Panel value="set-up" pt="md">
          {install.error && <ErrorState error={install.error} onRetry={() => void install.refetch()} />}
          {install.data && <SetUp key={user} application={application} install={install.data} />}
        </Tabs.Panel>
        <Tabs.Panel value="try" pt="md">
          <TryMethod application={application} user={user} />
        </Tabs.Panel>
        <Tabs.Panel value="users" pt="md">
          <InstallsTable
            installs={installs}
            onOpen={(whom) => setAddress({ user: whom, tab: 'set-up' }, { push: true })}
          />
        </Tabs.Panel>
      </Tabs>
      {asking && (
        <UserDialog
          application={name}
          onClose={() => setAsking(false)}
          onChosen={(whom) => {
            setAsking(false);
            void add(whom);
          }}
        />
      )}
    </Page>
  );
}

/** The user does not have it: no error here, but what the page offers next. */
function notThere(error: unknown): InstallView | null {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
}
