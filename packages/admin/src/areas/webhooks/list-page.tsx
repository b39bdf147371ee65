// Every subscription to events of services, with how it is and what came by it.

import { Button, Select, Text } from '@mantine/core';
import { IconBrush, IconPlus, IconWebhook } from '@sluice/icons';
import { WEBHOOK_STATES, type WebhookState, type WebhookView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { count } from '../../parts/words.ts';
import { OrphansDialog } from './orphans-dialog.tsx';
import { STATES, titleOf } from './states.ts';
import { SubscribeDrawer } from './subscribe-drawer.tsx';
import { WebhookDrawer } from './webhook-drawer.tsx';

export interface Address extends Search {
  readonly state?: string | undefined;
  readonly topology?: string | undefined;
  readonly open?: string | undefined;
  /** Key of the application that is being subscribed to, or `any`. */
  readonly subscribe?: string | undefined;
  readonly event?: string | undefined;
  readonly clean?: string | undefined;
}

const COLUMNS: readonly Column<WebhookView>[] = [
  {
    id: 'what',
    header: 'Event',
    width: 'minmax(130px, 1.4fr)',
    cell: (webhook) => <strong>{titleOf(webhook)}</strong>,
  },
  {
    id: 'where',
    header: 'Starts',
    width: 'minmax(130px, 1fr)',
    cell: ({ topology, node }) => `${topology} / ${node}`,
  },
  { id: 'user', header: 'User', width: 'minmax(80px, 0.6fr)', wide: true, cell: ({ user }) => user },
  {
    id: 'state',
    header: 'State',
    width: 'minmax(120px, 1.6fr)',
    cell: ({ state, reason }) => (
      <span title={reason ?? undefined}>
        <Status
          of={STATES[state].tone}
          label={reason === null ? STATES[state].label : `${STATES[state].label}: ${reason}`}
        />
      </span>
    ),
  },
  {
    id: 'started',
    header: 'Started',
    width: '70px',
    align: 'end',
    cell: ({ counts }) => count(counts.started),
  },
  {
    id: 'refused',
    header: 'Refused',
    width: '70px',
    align: 'end',
    cell: ({ counts }) => (
      <Text span size="sm" {...(counts.refused > 0 ? { c: 'vermilion' } : {})}>
        {count(counts.refused)}
      </Text>
    ),
  },
  {
    id: 'last',
    header: 'Last delivery',
    width: '120px',
    cell: ({ lastDelivery }) => (lastDelivery ? <Time at={lastDelivery.at} /> : 'none yet'),
  },
];

export function ListPage() {
  const [address, setAddress] = useAddress<Address>();
  const { state, topology, open, subscribe, clean } = address;
  const may = useMay('webhook:write');
  const filter = {
    ...(state ? { state: state as WebhookState } : {}),
    ...(topology ? { topology } : {}),
  };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['webhooks', filter],
    queryFn: () => api.webhooks.list(filter),
  });
  const subscribeButton = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={!may}
      onClick={() => setAddress({ subscribe: 'any' }, { push: true })}
    >
      Subscribe
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      fill
      description="Services tell of events; each delivery starts a process."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconBrush size={16} />}
            disabled={!may}
            onClick={() => setAddress({ clean: 'yes' }, { push: true })}
          >
            Find orphans
          </Button>
          {subscribeButton}
        </>
      }
      bar={
        <>
          <Select
            aria-label="State"
            placeholder="Any state"
            data={WEBHOOK_STATES.map((value) => ({ value, label: STATES[value].label }))}
            value={state ?? null}
            clearable
            w={180}
            onChange={(value) => setAddress({ state: value ?? undefined })}
          />
          <Select
            data-find
            aria-label="Topology"
            placeholder="Every topology"
            data={[
              ...new Set([...(data?.items ?? []).map((one) => one.topology), ...(topology ? [topology] : [])]),
            ].sort()}
            value={topology ?? null}
            clearable
            searchable
            w={200}
            onChange={(value) => setAddress({ topology: value ?? undefined })}
          />
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Webhooks"
          columns={COLUMNS}
          rows={data?.items ?? []}
          keyOf={({ id }) => id}
          openKey={open}
          loading={isPending}
          onOpen={({ id }) => setAddress({ open: id }, { push: true })}
          empty={
            Object.keys(filter).length > 0 ? (
              <EmptyState icon={IconWebhook} title="No webhook matches">
                Take away a part of the filter.
              </EmptyState>
            ) : (
              <EmptyState icon={IconWebhook} title="No service tells us anything yet" action={subscribeButton}>
                Draw a topology that begins with a webhook node. With an application in it, the platform subscribes by
                itself when the topology is enabled; or subscribe here. Without one, the node has an address that
                anybody who knows it can deliver to.
              </EmptyState>
            )
          }
        />
      )}
      {open !== undefined && <WebhookDrawer id={open} onClose={() => setAddress({ open: undefined })} />}
      {subscribe !== undefined && (
        <SubscribeDrawer
          application={subscribe === 'any' ? undefined : subscribe}
          event={address.event}
          onChosen={(change) => setAddress(change)}
          onClose={() => setAddress({ subscribe: undefined, event: undefined })}
          onDone={(id) => setAddress({ subscribe: undefined, event: undefined, open: id })}
        />
      )}
      {clean !== undefined && <OrphansDialog onClose={() => setAddress({ clean: undefined })} />}
    </Page>
  );
}
