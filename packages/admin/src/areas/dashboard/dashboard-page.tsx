// How everything goes: what runs, what ended, what waits, and where it hurts. Every part asks for what it shows.

import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconGauge } from '@sluice/icons';
import type { Range } from '@sluice/protocol';
import { lazy, Suspense } from 'react';
import { useAddress } from '../../frame/search.ts';
import { LinkButton } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import styles from './dashboard.module.css';
import { Heatmap } from './heatmap.tsx';
import { Reasons } from './reasons.tsx';
import { Slowest } from './slowest.tsx';
import { useStatistics } from './statistics.ts';
import { Tiles } from './tiles.tsx';
import { Workers } from './workers.tsx';

const Throughput = lazy(() => import('./throughput.tsx').then((module) => ({ default: module.Throughput })));

const RANGES: readonly { readonly value: Range; readonly label: string }[] = [
  { value: '1h', label: 'Hour' },
  { value: '24h', label: 'Day' },
  { value: '7d', label: 'Week' },
];

export function DashboardPage() {
  const [{ range = '24h' }, setAddress] = useAddress<{ range?: Range }>();
  const { data: quiet, error, refetch } = useStatistics(range, ({ topologies }) => topologies.length === 0);

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
      {error && quiet === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : quiet === undefined ? (
        <Skeleton height={420} />
      ) : (
        <>
          <Tiles range={range} />
          {quiet ? (
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
                    <Throughput range={range} />
                  </Suspense>
                </section>
                <Heatmap range={range} />
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
