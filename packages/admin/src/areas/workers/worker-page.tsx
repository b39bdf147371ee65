// One worker: how it is, what it can do, who needs it.

import { Button, Menu, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconKey, IconServerOff } from '@sluice/icons';
import type { WorkerRegistered } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { CopyId } from '../../parts/copy-id.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Once } from '../../parts/once.tsx';
import { Page } from '../../parts/page.tsx';
import { Section } from '../../parts/section.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { count, plural } from '../../parts/words.ts';
import { Actions } from './actions.tsx';
import { HealthStatus } from './health.tsx';
import { HowItJoins } from './how-it-joins.tsx';
import { useUses } from './uses.ts';
import styles from './workers.module.css';

const MILLIS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function windowOf(ms: number): string {
  const unit = Object.entries(MILLIS).find(([, size]) => size === ms);
  return unit ? unit[0] : `${ms} ms`;
}

export function WorkerPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const navigate = useNavigate();
  const may = useMay('worker:write');
  const [asked, setAsked] = useState<'remove' | 'rotate' | null>(null);
  const [renewed, setRenewed] = useState<WorkerRegistered | null>(null);
  const {
    data: worker,
    error,
    refetch,
  } = useQuery({
    queryKey: ['workers', name],
    queryFn: () => api.workers.get(name),
  });
  const uses = useUses(name);
  const crumbs = (
    <PageLink to="/workers" size="sm" c="dimmed">
      Workers
    </PageLink>
  );
  if (!worker)
    return (
      <Page title={name} crumbs={crumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton height={240} />}
      </Page>
    );
  const { transport, url, connections, underway, signed, manifest, createdAt } = worker;
  const limited = (manifest?.applications ?? []).filter(({ limits }) => limits.length > 0);
  const enabledUses = (uses.data ?? []).filter(({ enabled }) => enabled);
  return (
    <Page
      title={name}
      crumbs={crumbs}
      heading={
        <>
          {name} <HealthStatus of={worker} />
        </>
      }
      actions={
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />} disabled={!may}>
              Change
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {url === null && (
              <Menu.Item leftSection={<IconKey size={16} />} onClick={() => setAsked('rotate')}>
                New token …
              </Menu.Item>
            )}
            <Menu.Item color="vermilion" leftSection={<IconServerOff size={16} />} onClick={() => setAsked('remove')}>
              Deregister …
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Facts
        inline
        of={[
          ['Joins by', transport],
          url === null ? ['Replicas', count(connections)] : ['Address', <CopyId key="u" id={url} />],
          transport === 'http' ? ['Calls', signed ? 'signed' : 'not signed'] : null,
          ['In work', count(underway)],
          ['SDK', manifest ? `${manifest.sdk.name} ${manifest.sdk.version}` : 'has not said'],
          ['Registered', <Time key="t" at={createdAt} />],
        ]}
      />
      {renewed?.token !== undefined && (
        <Once what="The token" value={renewed.token}>
          The one before has ended: start the service again with this one.
        </Once>
      )}
      {manifest !== null && <Actions of={manifest.actions} />}
      <HowItJoins worker={worker} token={renewed?.token} />
      <div className={styles.two}>
        <Section title="Used by" note="Nodes whose messages it works on.">
          {uses.isLoading && <Skeleton height={40} />}
          {uses.data?.length === 0 && (
            <Text size="sm" c="dimmed">
              No topology has a node of it yet. In the process editor, its actions are in the list of every step.
            </Text>
          )}
          {uses.data && uses.data.length > 0 && (
            <Facts
              of={uses.data.map(({ topology, version, enabled, nodes }) => [
                topology,
                <span key={topology}>
                  <PageLink to={`/topologies/${topology}`} search={{ version: String(version) }} size="sm">
                    v{version}
                  </PageLink>{' '}
                  {enabled ? '' : '(not enabled) '}
                  {nodes.join(', ')}
                </span>,
              ])}
            />
          )}
        </Section>
        <Section title="Applications" note="What it offers in the app store, and how often it may be called.">
          {(manifest?.applications.length ?? 0) === 0 && (
            <Text size="sm" c="dimmed">
              It offers none. An application keeps credentials and signs the requests of connectors.
            </Text>
          )}
          <Facts
            of={(manifest?.applications ?? []).map(({ key, name: label, limits }) => [
              label,
              <span key={key}>
                <PageLink to={`/applications/${key}`} size="sm">
                  {key}
                </PageLink>{' '}
                {limits
                  .map(({ amount, windowMs, per }) => `${count(amount)} per ${windowOf(windowMs)} and ${per}`)
                  .join(', ')}
                {limits.length === 0 && limited.length > 0 && 'no limit'}
              </span>,
            ])}
          />
        </Section>
      </div>
      {asked === 'remove' && (
        <Confirm
          title={`Deregister ${name}?`}
          verb="Deregister"
          run={() => api.workers.remove(name)}
          done={`${name} is no worker any more.`}
          changes={['workers', 'applications']}
          onClose={() => setAsked(null)}
          onDone={() => void navigate({ to: '/workers' })}
        >
          <Stack gap="xs">
            <Text>
              Its token ends and what it offers is forgotten. Messages for it wait in their queues until a worker of
              this name is there again; nothing is lost.
            </Text>
            {enabledUses.length > 0 && (
              <Text fw={600}>
                {plural(enabledUses.length, 'enabled topology', 'enabled topologies')} stop at its steps:{' '}
                {enabledUses.map(({ topology, nodes }) => `${topology} (${nodes.join(', ')})`).join(', ')}.
              </Text>
            )}
            {uses.data && enabledUses.length === 0 && <Text c="dimmed">No enabled topology uses it.</Text>}
          </Stack>
        </Confirm>
      )}
      {asked === 'rotate' && (
        <Confirm
          title={`New token for ${name}?`}
          verb="Make a new one"
          run={() => api.workers.register({ name, rotate: true })}
          changes={['workers']}
          onClose={() => setAsked(null)}
          onDone={setRenewed}
        >
          The present token ends at once, and its replicas are cut off until they come with the new one. Messages wait
          meanwhile.
        </Confirm>
      )}
    </Page>
  );
}
