// How everything goes: what runs, what ended, what waits, and where it hurts.

import { SegmentedControl, SimpleGrid, Skeleton } from '@mantine/core';
import { IconGauge } from '@sluice/icons';
import type { Range } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { duration, short } from '../../parts/words.ts';
import styles from './dashboard.module.css';
import { Heatmap } from './heatmap.tsx';
import { Reasons } from './reasons.tsx';
import { barsOf, totalsOf } from './series.ts';
import { Slowest } from './slowest.tsx';
import { Tile } from './tile.tsx';
import { Workers } from './workers.tsx';

const Throughput = lazy(() => import('./throughput.tsx').then((module) => ({ default: module.Throughput })));

const RANGES: readonly { readonly value: Range; readonly label: string }[] = [
  { value: '1h', label: 'Hour' },
  { value: '24h', label: 'Day' },
  { value: '7d', label: 'Week' },
];

export function DashboardPage() {
  const [{ range = '24h' }, setAddress] = useAddress<{ range?: Range }>();
  const statistics = useQuery({
    queryKey: ['statistics', range],
    queryFn: () => api.statistics(range),
    placeholderData: (before) => before,
  });
  const ledger = useQuery({ queryKey: ['ledger'], queryFn: () => api.ledger(), staleTime: Number.POSITIVE_INFINITY });
  const view = statistics.data;
  const places = ledger.data;
  const bars = view && barsOf(view);
  const totals = view && totalsOf(view);
  const since = { '1h': '1h', '24h': '24h', '7d': '7d' }[range];

  return (
    <Page
      title="Dashboard"
      actions={
        <SegmentedControl
          aria-label="Range"
          value={range}
          data={[...RANGES]}
          onChange={(value) => setAddress({ range: value as Range })}
        />
      }
    >
      {statistics.error && !view ? (
        <ErrorState error={statistics.error} onRetry={() => void statistics.refetch()} />
      ) : !view || !totals || !bars ? (
        <Skeleton height={420} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
            <Tile label="Running" value={short(totals.running)} to="/processes" search={{ status: 'running' }} />
            <Tile
              label="Completed"
              value={short(totals.completed)}
              note={totals.meanMs === null ? undefined : `${duration(totals.meanMs)} on average`}
              to="/processes"
              search={{ status: 'completed', since }}
            />
            <Tile
              label="Failed"
              value={short(totals.failed)}
              tone={totals.failed > 0 ? 'bad' : undefined}
              note={
                totals.completed + totals.failed === 0
                  ? undefined
                  : `${((100 * totals.failed) / (totals.completed + totals.failed)).toFixed(1)} % of what ended`
              }
              to="/processes"
              search={{ status: 'failed', since }}
            />
            <Tile
              label="In queues"
              value={short((places?.queued ?? 0) + (places?.leased ?? 0))}
              note={
                places && places.delayed + places.limited > 0
                  ? `and ${short(places.delayed + places.limited)} that wait`
                  : undefined
              }
              to="/topologies"
            />
            <Tile
              label="In trash"
              value={short(places?.trash ?? 0)}
              tone={(places?.trash ?? 0) > 0 ? 'bad' : undefined}
              to="/trash"
            />
            <Tile
              label="For people"
              value={short(places?.held ?? 0)}
              tone={(places?.held ?? 0) > 0 ? 'wait' : undefined}
              to="/user-tasks"
            />
          </SimpleGrid>
          {view.topologies.length === 0 ? (
            <div className="card">
              <EmptyState
                icon={IconGauge}
                title="Nothing has run yet"
                action={<LinkButton to="/topologies">Draw or import a topology</LinkButton>}
              >
                When processes run, this page shows how many come through, how long they take and where they get stuck.
              </EmptyState>
            </div>
          ) : (
            <div className={styles.grid}>
              <div className={styles.column}>
                <section className={`card ${styles.panel}`} aria-label="Processes that ended">
                  <h2 className={styles.title}>Processes that ended</h2>
                  <Suspense fallback={<Skeleton height={230} />}>
                    <Throughput bars={bars} range={range} />
                  </Suspense>
                </section>
                <Heatmap view={view} range={range} />
                <Slowest range={range} />
              </div>
              <div className={styles.column}>
                <Reasons />
                <Workers />
              </div>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
