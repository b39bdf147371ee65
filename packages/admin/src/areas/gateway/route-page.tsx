// One route: its definition, its versions, and how it is called.

import { Skeleton, Tabs } from '@mantine/core';
import type { RouteView } from '@sluice/protocol';

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { OnOffActions } from '../../parts/on-off-actions.tsx';
import { Page } from '../../parts/page.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { CallPanel } from './call-panel.tsx';
import type { Draft } from './draft.ts';
import { RouteEditor } from './route-editor.tsx';
import { hourWords, useTraffic } from './traffic.ts';
import { TrafficPanel } from './traffic-panel.tsx';
import { Versions } from './versions.tsx';
import { accessWords, targetWords } from './words.ts';

interface Address extends Search {
  readonly tab?: string | undefined;
}

export function RoutePage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['gateway', 'route', name],
    queryFn: () => api.gateway.routes.get(name),
  });
  if (data) return <Known route={data} />;
  return (
    <Page title={name} crumbs={<Crumbs />}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={400} />}
    </Page>
  );
}

const Crumbs = () => (
  <PageLink to="/gateway" size="sm" c="dimmed">
    Gateway
  </PageLink>
);

function Known({ route }: { readonly route: RouteView }) {
  const { name, enabled, version, definition, changedAt } = route;
  const [{ tab = 'definition' }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const may = useMay('gateway:write');
  const [leaving, setLeaving] = useState(false);
  const traffic = useTraffic();
  const turn = (on: boolean): Promise<RouteView> => (on ? api.gateway.routes.enable : api.gateway.routes.disable)(name);
  return (
    <Page
      title={name}
      crumbs={<Crumbs />}
      heading={
        <>
          {name} <Status of={enabled ? 'enabled' : 'disabled'} />
        </>
      }
      actions={
        <OnOffActions
          on={enabled}
          label={enabled ? 'Takes requests' : 'Takes none'}
          said={enabled ? 'Requests are refused with 404 now.' : 'It takes requests.'}
          turn={turn}
          changes={['gateway']}
          disabled={!may}
          onRemove={() => setLeaving(true)}
        />
      }
    >
      <Facts
        inline
        of={[
          [
            'Takes',
            <span
              key="t"
              className="mono"
            >{`${definition.methods.join(' ')} ${definition.host ?? ''}${definition.path}`}</span>,
          ],
          ['Leads to', targetWords(definition.target)],
          ['For', accessWords(definition.access)],
          ['Last hour', hourWords(traffic.get(name))],
          ['Newest version', `v${version}`],
          ['Changed', <Time key="c" at={changedAt} />],
        ]}
      />
      <Tabs value={tab} onChange={(value) => setAddress({ tab: value ?? undefined })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="definition">Definition</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
          <Tabs.Tab value="traffic">Traffic</Tabs.Tab>
          <Tabs.Tab value="call">Call it</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="definition" pt="md">
          <RouteEditor
            key={`${version} ${changedAt}`}
            begin={definition as unknown as Draft}
            known
            onSaved={(saved) => void act({ run: async () => saved, done: `Version ${saved.version} is saved.` })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <Versions route={route} />
        </Tabs.Panel>
        <Tabs.Panel value="traffic" pt="md">
          <TrafficPanel route={name} />
        </Tabs.Panel>
        <Tabs.Panel value="call" pt="md">
          <CallPanel route={route} />
        </Tabs.Panel>
      </Tabs>
      {leaving && (
        <Confirm
          title={`Remove ${name}?`}
          verb="Remove"
          run={() => api.gateway.routes.remove(name)}
          done={`${name} is gone.`}
          changes={['gateway']}
          onClose={() => setLeaving(false)}
          onDone={() => void navigate({ to: '/gateway' })}
        >
          All its versions go with it, and requests to {definition.path} are answered with 404. To keep it for later,
          disable it instead.
        </Confirm>
      )}
    </Page>
  );
}
