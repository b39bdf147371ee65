// One subscription.

import { Alert, Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLink, IconRefresh, IconUnlink } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Snippet } from '../../parts/snippet.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { count } from '../../parts/words.ts';
import { STATES, titleOf } from './states.ts';

const RESULTS = {
  started: 'started a process',
  repeated: 'came again, and was known',
  refused: 'was refused',
} as const;

export function WebhookDrawer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const may = useMay('webhook:write');
  const [url, setUrl] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const { data, error } = useQuery({ queryKey: ['webhooks', id], queryFn: () => api.webhooks.get(id) });
  const mayKnow = useMay('application:read');
  const known = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: mayKnow,
  }).data?.items.find(({ key }) => key === data?.application);
  const body = (): React.ReactNode => {
    if (error && !data) return <ErrorState error={error} />;
    if (!data) return <Skeleton height={260} />;
    const { application, event, user, topology, node, by, state, reason, attempts, nextTryAt, expiresAt } = data;
    const { counts, lastDelivery, createdAt, parameters, reference } = data;
    const gone = state === 'gone';
    const asked = known?.webhooks.find(({ name }) => name === event)?.parameters?.fields ?? [];
    const labelOf = (name: string): string => asked.find(({ key }) => key === name)?.label ?? name;
    return (
      <Stack gap="lg">
        {reason !== null && (
          <Alert
            color={state === 'failed' ? 'vermilion' : 'amber'}
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={reason}
          >
            {nextTryAt !== null ? (
              <>
                The service was asked {count(attempts)} {attempts === 1 ? 'time' : 'times'}; it is asked again{' '}
                <Time at={nextTryAt} />.
              </>
            ) : (
              'Nothing is tried by itself any more.'
            )}
          </Alert>
        )}
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            disabled={!may || application === null || (state === 'subscribed' && reason === null)}
            onClick={() =>
              void act({
                run: () => api.webhooks.retry(id),
                done: 'The service is asked again.',
                changes: ['webhooks'],
              })
            }
          >
            Ask again now
          </Button>
          <Button
            variant="default"
            leftSection={<IconLink size={16} />}
            disabled={!may || gone}
            onClick={() =>
              void act({ run: () => api.webhooks.address(id) }).then((address) => address && setUrl(address.url))
            }
          >
            Show its address
          </Button>
          {by === 'person' && (
            <Button
              variant="light"
              color="vermilion"
              leftSection={<IconUnlink size={16} />}
              disabled={!may}
              onClick={() => setLeaving(true)}
            >
              {gone ? 'Forget it …' : 'Unsubscribe …'}
            </Button>
          )}
        </Group>
        {url !== null && (
          <Stack gap={4}>
            <Snippet label="the address" title="Whoever knows this address may deliver" text={url} />
            {application === null && (
              <Text size="sm" c="dimmed">
                Enter it at the service that is to tell of its events.
              </Text>
            )}
          </Stack>
        )}
        <Facts
          of={[
            ['State', <Status key="s" of={STATES[state].tone} label={STATES[state].label} />],
            application === null
              ? ['Service', 'any: the node has an address of its own']
              : [
                  'Application',
                  <PageLink key="a" to={`/applications/${application}`} search={{ user }} size="sm">
                    {known?.name ?? application}
                  </PageLink>,
                ],
            event === null ? null : ['Event', event],
            ['User', user],
            [
              'Starts',
              <PageLink key="t" to={`/topologies/${topology}`} size="sm">
                {topology} / {node}
              </PageLink>,
            ],
            ['Wanted by', by === 'topology' ? 'the enabled topology: it goes with it' : 'a person'],
            [
              'Deliveries',
              `${count(counts.started)} started, ${count(counts.repeated)} repeated, ${count(counts.refused)} refused`,
            ],
            [
              'Last one',
              lastDelivery === null ? (
                'none yet'
              ) : (
                <span key="l">
                  <Time at={lastDelivery.at} /> {RESULTS[lastDelivery.result]}{' '}
                  {lastDelivery.processId !== null && (
                    <PageLink to={`/processes/${lastDelivery.processId}`} size="sm">
                      Open the process
                    </PageLink>
                  )}
                  {lastDelivery.reason !== null && `: ${lastDelivery.reason}`}
                </span>
              ),
            ],
            ...Object.entries(parameters).map(([name, value]) => [labelOf(name), String(value)] as const),
            reference === null
              ? null
              : [
                  'Id at the service',
                  <code key="r">{typeof reference === 'string' ? reference : JSON.stringify(reference)}</code>,
                ],
            expiresAt === null
              ? null
              : [
                  'Ends',
                  <span key="e">
                    <Time at={expiresAt} />, and is renewed before
                  </span>,
                ],
            ['Since', <Time key="c" at={createdAt} />],
          ]}
        />
        {leaving && (
          <Confirm
            title={gone ? 'Forget this webhook?' : `End ${titleOf(data)}?`}
            verb={gone ? 'Forget it' : 'Unsubscribe'}
            run={() => api.webhooks.unsubscribe(id)}
            done={gone ? 'Forgotten.' : 'The service is asked to send no more.'}
            changes={['webhooks']}
            onClose={() => setLeaving(false)}
            onDone={gone ? onClose : () => {}}
          >
            {gone
              ? 'Its counts go with it.'
              : `The service is told to send no more; what still comes is refused. ${topology} is not started by it any more; running processes go on.`}
          </Confirm>
        )}
      </Stack>
    );
  };
  return (
    <Drawer opened onClose={onClose} title={data ? titleOf(data) : 'Webhook'} size={560}>
      {body()}
    </Drawer>
  );
}
