// How fast nodes and remote services are, and how often they fail: the slowest first.

import { SegmentedControl, Tabs } from '@mantine/core';
import { IconActivity } from '@sluice/icons';
import type { Range } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { callColumns, nodeColumns } from './columns.tsx';

const RANGES: readonly { readonly value: Range; readonly label: string }[] = [
  { value: '1h', label: 'Hour' },
  { value: '24h', label: 'Day' },
  { value: '7d', label: 'Week' },
];

export function PerformancePage() {
  const [{ tab = 'nodes', range = '1h' }, setAddress] = useAddress<{ tab?: string | undefined; range?: Range }>();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['figures', range],
    queryFn: () => api.figures(range),
    placeholderData: (before) => before,
  });
  return (
    <Page
      title="Performance"
      fill
      description="95 of 100 are no slower than p95. The time of a node is that of its attempts, with what they wait for."
      actions={
        <SegmentedControl
          aria-label="Range"
          value={range}
          data={[...RANGES]}
          onChange={(value) => setAddress({ range: value as Range })}
        />
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Tabs
          className="tabs-fill"
          value={tab}
          onChange={(value) => setAddress({ tab: value ?? undefined })}
          keepMounted={false}
        >
          <Tabs.List>
            <Tabs.Tab value="nodes">Nodes</Tabs.Tab>
            <Tabs.Tab value="calls">Remote calls</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="nodes" pt="md">
            <DataTable
              label="Nodes"
              columns={nodeColumns}
              rows={data?.nodes ?? []}
              keyOf={({ topology, version, node }) => `${topology}/${version}/${node}`}
              loading={isPending}
              empty={
                <EmptyState icon={IconActivity} title="No step ran in this time">
                  Every attempt of a step is measured; what is slowest stands first.
                </EmptyState>
              }
            />
          </Tabs.Panel>
          <Tabs.Panel value="calls" pt="md">
            <DataTable
              label="Remote calls"
              columns={callColumns}
              rows={data?.calls ?? []}
              keyOf={({ method, host, path }) => `${method} ${host} ${path}`}
              loading={isPending}
              empty={
                <EmptyState
                  icon={IconActivity}
                  title="No remote service was called in this time"
                  command="context.api.send({ method: 'GET', path: '/orders' })"
                >
                  What steps send with their own sender is measured by method, host and path; parts that look like ids
                  are one.
                </EmptyState>
              }
            />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}
