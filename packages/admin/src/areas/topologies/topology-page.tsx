// One topology: its canvas with what is at each node now, its versions, and acts on them.

import { Button, Menu, Select, Skeleton, Tabs } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPencil, IconPlayerPlay, IconPlayerStop, IconRocket } from '@sluice/icons';
import type { VersionView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { LinkButton, PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { exportFile } from './export-file.ts';
import { NodesTable } from './nodes-table.tsx';
import { RunDrawer } from './run-drawer.tsx';
import { Versions } from './versions.tsx';

const Canvas = lazy(() => import('./canvas.tsx').then((module) => ({ default: module.Canvas })));
const CHANGES = ['topologies', 'topology', 'statistics'];

type Address = { version?: string; tab?: string; node?: string; run?: string; before?: string };

export function TopologyPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const [address, setAddress] = useAddress<Address>();
  const { tab = 'canvas', run } = address;
  const mayWrite = useMay('topology:write');
  const mayRun = useMay('run');
  const { data, error, refetch } = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() });
  const versions = (data?.items ?? []).filter((one) => one.name === name).sort((a, b) => b.version - a.version);
  const enabled = versions.find(({ state }) => state === 'enabled');
  const shown = versions.find(({ version }) => String(version) === address.version) ?? enabled ?? versions[0];
  const model = useQuery({
    queryKey: ['topology', name, shown?.version, 'model'],
    queryFn: () => api.topologies.get(name, shown!.version),
    enabled: shown !== undefined,
  });
  if (error && !data)
    return (
      <Page title={name}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (data && !shown)
    return (
      <Page title={name}>
        <ErrorState error={new Error(`There is no topology "${name}".`)} />
      </Page>
    );
  if (!shown)
    return (
      <Page title={name}>
        <Skeleton height={400} />
      </Page>
    );
  const { version, state } = shown;

  return (
    <Page
      title={name}
      fill={tab === 'canvas' || tab === 'nodes'}
      crumbs={
        <PageLink to="/topologies" size="sm" c="dimmed">
          Topologies
        </PageLink>
      }
      heading={
        <>
          {name}
          <Select
            aria-label="Version"
            size="xs"
            w={150}
            allowDeselect={false}
            data={versions.map((one) => ({ value: String(one.version), label: `v${one.version}, ${one.state}` }))}
            value={String(version)}
            onChange={(value) => setAddress({ version: value ?? undefined })}
          />
          <Status of={state} />
        </>
      }
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="default"
                rightSection={<IconChevronDown size={15} />}
                leftSection={<IconDownload size={16} />}
              >
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['bpmn', 'json', 'ts'] as const).map((format) => (
                <Menu.Item key={format} onClick={() => void act({ run: () => exportFile(name, version, format) })}>
                  {{ bpmn: 'BPMN 2.0', json: 'JSON model', ts: 'TypeScript' }[format]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <LinkButton
            variant="default"
            to={`/topologies/${name}/edit`}
            search={{ version: String(version) }}
            leftSection={<IconPencil size={16} />}
            disabled={!mayWrite}
          >
            Edit
          </LinkButton>
          <StateButton version={shown} enabled={enabled} disabled={!mayWrite} />
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            disabled={!mayRun || !enabled}
            title={enabled ? undefined : 'Only an enabled version takes messages.'}
            onClick={() => setAddress({ run: 'open' }, { push: true })}
          >
            Run
          </Button>
        </>
      }
    >
      <Tabs
        value={tab}
        onChange={(value) => setAddress({ tab: value ?? undefined, node: undefined })}
        keepMounted={false}
        className="tabs-fill"
      >
        <Tabs.List>
          <Tabs.Tab value="canvas">Canvas</Tabs.Tab>
          <Tabs.Tab value="nodes">Nodes</Tabs.Tab>
          <Tabs.Tab value="versions">Versions ({versions.length})</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="canvas" pt="md">
          <Suspense fallback={<Skeleton height={420} />}>
            <Canvas
              name={name}
              version={version}
              selected={address.node}
              onSelect={(node) => setAddress({ node: node ?? undefined })}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="nodes" pt="md">
          <NodesTable name={name} version={version} model={model.data} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <Versions
            name={name}
            versions={versions}
            before={address.before}
            shown={version}
            onCompare={(now, before) => setAddress({ version: now, before }, { push: true })}
          />
        </Tabs.Panel>
      </Tabs>
      {run !== undefined && enabled && (
        <RunDrawer name={name} version={enabled.version} onClose={() => setAddress({ run: undefined })} />
      )}
    </Page>
  );
}

/** The next thing to do with a version. */
function StateButton({
  version: { name, version, state },
  enabled,
  disabled,
}: {
  readonly version: VersionView;
  readonly enabled: VersionView | undefined;
  readonly disabled: boolean;
}) {
  const enable = (publish?: () => Promise<unknown>): void =>
    void act({
      async run() {
        await publish?.();
        await api.topologies.enable(name, version);
      },
      done: `New messages go to version ${version}. What runs finishes on its own.`,
      undo: () => (enabled ? api.topologies.enable(name, enabled.version) : api.topologies.disable(name, version)),
      changes: CHANGES,
    });
  if (state === 'draft') {
    const publish = () => api.topologies.publish(name, version);
    return (
      <Button.Group>
        <Button
          variant="light"
          leftSection={<IconRocket size={16} />}
          disabled={disabled}
          onClick={() => enable(publish)}
        >
          Publish and enable
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="light" px={8} disabled={disabled} aria-label="Other ways to publish">
              <IconChevronDown size={15} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() =>
                void act({
                  run: publish,
                  done: `Version ${version} is published: it stays as it is from now on.`,
                  changes: CHANGES,
                })
              }
            >
              Publish only
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
    );
  }
  if (state === 'enabled')
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} />}
        disabled={disabled}
        onClick={() =>
          void act({
            run: () => api.topologies.disable(name, version),
            done: 'It takes no new messages; what runs goes on.',
            undo: () => api.topologies.enable(name, version),
            changes: CHANGES,
          })
        }
      >
        Disable
      </Button>
    );
  return (
    <Button variant="light" leftSection={<IconRocket size={16} />} disabled={disabled} onClick={() => enable()}>
      {enabled ? `Enable instead of v${enabled.version}` : 'Enable'}
    </Button>
  );
}
