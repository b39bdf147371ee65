// Every topology over time: how much ended in a bucket, and in red where it failed.

import { Tooltip } from '@mantine/core';
import type { Range, StatisticsView } from '@sluice/protocol';
import { memo } from 'react';
import { PageLink } from '../../parts/link.tsx';
import { count } from '../../parts/words.ts';
import styles from './dashboard.module.css';
import { type Bar, barsOf } from './series.ts';
import { useStatistics } from './statistics.ts';
import { tick } from './ticks.ts';

/** The busiest topologies; more rows than this tell nothing. */
const MOST = 14;

interface HeatRow {
  readonly topology: string;
  readonly bars: readonly Bar[];
}

interface Heat {
  readonly rows: readonly HeatRow[];
  /** In the hottest cell. */
  readonly most: number;
}

function heatOf(view: StatisticsView): Heat {
  const rows = view.topologies
    .map(({ topology }) => ({ topology, bars: barsOf(view, topology) }))
    .map((row) => ({ ...row, total: row.bars.reduce((sum, bar) => sum + bar.completed + bar.failed, 0) }))
    .sort((a, b) => b.total - a.total)
    .slice(0, MOST)
    .map(({ topology, bars }) => ({ topology, bars }));
  return { rows, most: Math.max(1, ...rows.flatMap(({ bars }) => bars.map((bar) => bar.completed + bar.failed))) };
}

export function Heatmap({ range }: { readonly range: Range }) {
  const { rows, most } = useStatistics(range, heatOf).data ?? { rows: [], most: 1 };
  const times = rows[0]?.bars ?? [];
  const step = Math.ceil(times.length / 6);
  return (
    <section className={`card ${styles.panel}`} aria-label="By topology and time">
      <h2 className={styles.title}>By topology</h2>
      <div className={styles.heat}>
        {rows.map((row) => (
          <Row key={row.topology} row={row} most={most} range={range} />
        ))}
        <span />
        <div className={`${styles.cells} ${styles.hours}`} aria-hidden>
          {times
            .filter((_, index) => index % step === 0)
            .map(({ at }, index) => (
              <span key={at} style={{ gridColumn: `span ${Math.min(step, times.length - index * step)}` }}>
                {tick(at, range)}
              </span>
            ))}
        </div>
      </div>
    </section>
  );
}

interface RowProps {
  readonly row: HeatRow;
  readonly most: number;
  readonly range: Range;
}

const Row = memo(function Row({ row: { topology, bars }, most, range }: RowProps) {
  return (
    <>
      <PageLink to={`/topologies/${topology}`} size="sm" c="inherit" className="truncate">
        {topology}
      </PageLink>
      <div className={styles.cells}>
        {bars.map(({ at, completed, failed }) => {
          const all = completed + failed;
          return (
            <Tooltip
              key={at}
              label={`${tick(at, range)}: ${count(completed)} completed, ${count(failed)} failed`}
              disabled={all === 0}
            >
              <div
                className={styles.cell}
                style={
                  {
                    '--heat': all === 0 ? 0 : 0.22 + 0.78 * Math.sqrt(all / most),
                    '--bad': all === 0 ? 0 : Math.sqrt(failed / all),
                  } as React.CSSProperties
                }
              />
            </Tooltip>
          );
        })}
      </div>
    </>
  );
});
