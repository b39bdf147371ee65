// One process: what came in, every step with its content before and after, what it wrote, and what it is related to.

import { Button, Menu, Skeleton, Tabs } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconPlayerPlay, IconPlayerStop } from '@sluice/icons';
import type { StepView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { CopyId } from '../../parts/copy-id.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { count, duration } from '../../parts/words.ts';
import { Calls } from './calls.tsx';
import { Logs } from './logs.tsx';
import { Related } from './related.tsx';
import { StepDrawer } from './step-drawer.tsx';
import { Timeline } from './timeline.tsx';

const WayView = lazy(() => import('./way-view.tsx').then((module) => ({ default: module.WayView })));

type Address = { tab?: string; step?: string };
/** More steps than this are not drawn; the list of a process with a million messages would help nobody. */
const MOST_STEPS = 500;

export function ProcessPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [{ tab = 'timeline', step }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const mayAct = useMay('process:write');
  const { data, error, refetch } = useQuery({
    queryKey: ['process', id],
    queryFn: () => api.processes.history(id, { limit: MOST_STEPS }),
  });
  const versions = useQuery({
    queryKey: ['topologies'],
    queryFn: () => api.topologies.list(),
    enabled: useMay('topology:read'),
  });
  if (error && !data)
    return (
      <Page title="Process">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (!data)
    return (
      <Page title="Process">
        <Skeleton height={60} />
        <Skeleton height={300} />
      </Page>
    );
  const { process, items: steps, next } = data;
  const { topology, version, status, startedAt, endedAt, businessKey } = process;
  const others = (versions.data?.items ?? [])
    .filter((one) => one.name === topology && one.version !== version && one.state !== 'draft')
    .sort((a, b) => b.version - a.version);
  const changes = ['process', 'processes', 'trash', 'user-tasks', 'statistics'];
  const open = (chosen: StepView): void => setAddress({ step: chosen.id }, { push: true });
  const again = async (toVersion?: number): Promise<void> => {
    const started = await act({
      run: () => api.processes.replay(id, toVersion === undefined ? {} : { toVersion }),
      done: 'It runs again, as a new process.',
      changes,
    });
    if (started) void navigate({ to: `/processes/${started.processId}` });
  };
  const undo = async (): Promise<void> => {
    const started = await act({
      run: () => api.processes.compensate(id),
      done: 'Its steps are being undone.',
      changes,
    });
    if (started) void navigate({ to: `/processes/${started.processId}` });
  };

  return (
    <Page
      title={businessKey ?? `Process …${id.slice(-6)}`}
      crumbs={
        <>
          <PageLink to="/processes" size="sm" c="dimmed">
            Processes
          </PageLink>{' '}
          /{' '}
          <PageLink to="/processes" search={{ topology }} size="sm" c="dimmed">
            {topology}
          </PageLink>
        </>
      }
      heading={
        <>
          {businessKey ?? topology} <Status of={status} />
        </>
      }
      actions={
        <>
          {status === 'running' ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={16} />}
              disabled={!mayAct}
              onClick={() =>
                void act({ run: () => api.processes.cancel(id), done: 'The process is cancelled.', changes })
              }
            >
              Cancel
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} />}
              disabled={!mayAct}
              onClick={() => void undo()}
            >
              Undo its steps
            </Button>
          )}
          <Button.Group>
            <Button leftSection={<IconPlayerPlay size={16} />} disabled={!mayAct} onClick={() => void again()}>
              Run again
            </Button>
            {others.length > 0 && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button px={8} disabled={!mayAct} aria-label="Run again on another version">
                    <IconChevronDown size={15} />
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {others.map((other) => (
                    <Menu.Item key={other.version} onClick={() => void again(other.version)}>
                      On version {other.version}, {other.state}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </Button.Group>
        </>
      }
    >
      <Facts
        inline
        of={[
          ['Id', <CopyId key="i" id={id} />],
          [
            'Topology',
            <PageLink key="t" to={`/topologies/${topology}`} search={{ version: String(version) }} size="sm">
              {topology} v{version}
            </PageLink>,
          ],
          ['Started', <Time key="s" at={startedAt} />],
          ['Took', endedAt === null ? 'still runs' : duration(endedAt - startedAt)],
          ['Messages', `${count(process.done)} of ${count(process.total)} done`],
          process.failed > 0
            ? [
                'Failed',
                <PageLink key="f" to="/trash" search={{ processId: id }} size="sm" c="vermilion">
                  {count(process.failed)} in trash
                </PageLink>,
              ]
            : null,
          ['User', process.user],
        ]}
      />
      <Tabs value={tab} onChange={(value) => setAddress({ tab: value ?? undefined })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="canvas">Canvas</Tabs.Tab>
          <Tabs.Tab value="calls">Remote calls</Tabs.Tab>
          <Tabs.Tab value="logs">Logs</Tabs.Tab>
          <Tabs.Tab value="related">Related</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="timeline" pt="md">
          <Timeline process={process} steps={steps} more={next !== null} chosen={step} onOpen={open} />
        </Tabs.Panel>
        <Tabs.Panel value="canvas" pt="md">
          <Suspense fallback={<Skeleton height={420} />}>
            <WayView topology={topology} version={version} startNode={process.startNode} steps={steps} onOpen={open} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="calls" pt="md">
          <Calls processId={id} />
        </Tabs.Panel>
        <Tabs.Panel value="logs" pt="md">
          <Logs processId={id} />
        </Tabs.Panel>
        <Tabs.Panel value="related" pt="md">
          <Related process={process} />
        </Tabs.Panel>
      </Tabs>
      {step !== undefined && (
        <StepDrawer processId={id} steps={steps} id={step} onClose={() => setAddress({ step: undefined })} />
      )}
    </Page>
  );
}
