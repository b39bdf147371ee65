// Every route of the gateway.

import { Anchor, Badge, Button, Group, Menu, SegmentedControl, TextInput } from '@mantine/core';
import { IconBook2, IconFileExport, IconPlus, IconRoute2, IconSearch } from '@sluice/icons';
import type { RouteView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { download } from '../../parts/download.ts';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { count, plural } from '../../parts/words.ts';
import { BindDrawer } from './bind-drawer.tsx';
import { type HourOf, hourWords, useTraffic } from './traffic.ts';
import { accessWords, targetWords } from './words.ts';

interface Address extends Search {
  readonly find?: string | undefined;
  /** `unbound`: those that lead nowhere yet. */
  readonly only?: string | undefined;
}

const columnsOf = (traffic: ReadonlyMap<string, HourOf>): readonly Column<RouteView>[] => [
  { id: 'name', header: 'Route', width: 'minmax(110px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
  {
    id: 'takes',
    header: 'Takes',
    width: 'minmax(150px, 1.6fr)',
    cell: ({ definition: { methods, host, path } }) => (
      <Group gap={6} wrap="nowrap">
        {methods.map((method) => (
          <Badge key={method} variant="light" radius="sm" size="sm">
            {method}
          </Badge>
        ))}
        <span className="mono truncate">
          {host ?? ''}
          {path}
        </span>
      </Group>
    ),
  },
  {
    id: 'leads',
    header: 'Leads to',
    width: 'minmax(100px, 1.3fr)',
    cell: ({ definition }) => targetWords(definition.target),
  },
  {
    id: 'who',
    header: 'For',
    width: 'minmax(120px, 1fr)',
    wide: true,
    cell: ({ definition }) => accessWords(definition.access),
  },
  {
    id: 'versions',
    header: 'Version',
    width: '70px',
    wide: true,
    cell: ({ traffic, version }) =>
      traffic.length <= 1
        ? `v${traffic[0]?.version ?? version}`
        : traffic.map((one) => `v${one.version} ${one.percent} %`).join(', '),
  },
  { id: 'hour', header: 'Last hour', width: '118px', cell: ({ name }) => hourWords(traffic.get(name)) },
  {
    id: 'state',
    header: 'State',
    width: '88px',
    cell: ({ enabled }) => <Status of={enabled ? 'enabled' : 'disabled'} />,
  },
];

const isUnbound = ({ definition }: RouteView): boolean => definition.target.kind === 'unbound';

async function exportDescription(calls: boolean): Promise<void> {
  download(JSON.stringify(await api.gateway.description({ calls }), null, 2), 'application/json', 'openapi.json');
}

export function ListPage() {
  const [{ find = '', only }, setAddress] = useAddress<Address>();
  const navigate = useNavigate();
  const may = useMay('gateway:write');
  const traffic = useTraffic();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['gateway', 'routes'],
    queryFn: () => api.gateway.routes.list(),
  });
  const all = data?.items ?? [];
  const unbound = all.filter(isUnbound).length;
  const rows = (only === 'unbound' ? all.filter(isUnbound) : all).filter(
    ({ name, definition: { path, tags = [], target, contract } }) =>
      `${name} ${contract?.name ?? ''} ${path} ${tags.join(' ')} ${targetWords(target)}`
        .toLowerCase()
        .includes(find.toLowerCase()),
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [binding, setBinding] = useState(false);
  const chosen = rows.filter(({ name }) => selected.has(name));
  const turn = (on: boolean): void => {
    const names = chosen.filter(({ enabled }) => enabled !== on).map(({ name }) => name);
    const say = (enable: boolean) => api.gateway.routes.change(enable ? { enable: names } : { disable: names });
    void act({
      run: () => say(on),
      done: `${plural(names.length, 'route')} ${names.length === 1 ? 'takes' : 'take'} ${on ? 'requests' : 'none'} now.`,
      undo: () => say(!on),
      changes: ['gateway'],
    });
  };
  const add = (
    <LinkButton to="/gateway/new" leftSection={<IconPlus size={16} />} disabled={!may}>
      New route
    </LinkButton>
  );
  return (
    <Page
      title="Gateway"
      fill
      description="One API line in front of processes, methods, connectors and services."
      actions={
        <>
          <Anchor href="/docs" target="_blank" rel="noreferrer" underline="never">
            <Button variant="default" component="span" leftSection={<IconBook2 size={16} />}>
              Page of the API
            </Button>
          </Anchor>
          <Menu>
            <Menu.Target>
              <Button variant="default" leftSection={<IconFileExport size={16} />}>
                OpenAPI
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void act({ run: () => exportDescription(false) })}>
                Download the routes
              </Menu.Item>
              <Menu.Item onClick={() => void act({ run: () => exportDescription(true) })}>
                Download everything that can be called
              </Menu.Item>
              <Menu.Item disabled={!may} onClick={() => void navigate({ to: '/gateway/import' })}>
                Import a description
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          {add}
        </>
      }
      bar={
        <Group gap="xs">
          <TextInput
            data-find
            aria-label="Name, path or target"
            placeholder="Name, path or target"
            leftSection={<IconSearch size={15} aria-hidden />}
            w={260}
            defaultValue={find}
            onChange={(event) => setAddress({ find: event.currentTarget.value || undefined })}
          />
          {(unbound > 0 || only !== undefined) && (
            <SegmentedControl
              aria-label="Which"
              value={only ?? ''}
              onChange={(value) => setAddress({ only: value || undefined })}
              data={[
                { value: '', label: 'All' },
                { value: 'unbound', label: `Lead nowhere yet (${count(unbound)})` },
              ]}
            />
          )}
          {chosen.length > 0 && (
            <Group gap="xs" role="group" aria-label="With those that are selected">
              <Button onClick={() => setBinding(true)}>Bind {plural(chosen.length, 'route')}</Button>
              <Button variant="default" disabled={!chosen.some(({ enabled }) => !enabled)} onClick={() => turn(true)}>
                Enable
              </Button>
              <Button variant="default" disabled={!chosen.some(({ enabled }) => enabled)} onClick={() => turn(false)}>
                Disable
              </Button>
              <Button variant="subtle" color="gray" onClick={() => setSelected(new Set())}>
                Clear the selection
              </Button>
            </Group>
          )}
        </Group>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label="Routes"
          columns={columnsOf(traffic)}
          rows={rows}
          keyOf={({ name }) => name}
          loading={isPending}
          onOpen={({ name }) => void navigate({ to: `/gateway/routes/${name}` })}
          {...(may ? { selection: { selected, onChange: setSelected } } : {})}
          empty={
            only === 'unbound' && find === '' ? (
              <EmptyState icon={IconRoute2} title="Every route leads somewhere">
                Routes that come from a description lead nowhere until they are bound, and answer 501. There are none.
              </EmptyState>
            ) : find === '' ? (
              <EmptyState icon={IconRoute2} title="Nothing is exposed yet" action={add}>
                A route takes requests by method and path, asks who calls, and hands them on: to a process, a method, a
                connector or a service. What no route takes is refused.
              </EmptyState>
            ) : (
              <EmptyState icon={IconRoute2} title="No route matches">
                Neither a name, a path nor a target has “{find}” in it.
              </EmptyState>
            )
          }
        />
      )}
      {binding && (
        <BindDrawer routes={chosen} onClose={() => setBinding(false)} onDone={() => setSelected(new Set())} />
      )}
    </Page>
  );
}
