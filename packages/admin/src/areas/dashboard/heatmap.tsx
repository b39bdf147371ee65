// Every topology over time: how much ended in a bucket, and in red where it failed.

import { Tooltip } from '@mantine/core';
import type { Range, StatisticsView } from '@sluice/protocol';
import { Fragment } from 'react';
import { PageLink } from '../../parts/link.tsx';
import { count } from '../../parts/words.ts';
import styles from './dashboard.module.css';
import { barsOf } from './series.ts';
import { tick } from './ticks.ts';

/** The busiest topologies; more rows than this tell nothing. */
const MOST = 14;

export function Heatmap({ view, range }: { readonly view: StatisticsView; readonly range: Range }) {
  const rows = view.topologies
    .map(({ topology }) => ({ topology, bars: barsOf(view, topology) }))
    .map((row) => ({ ...row, total: row.bars.reduce((sum, bar) => sum + bar.completed + bar.failed, 0) }))
    .sort((a, b) => b.total - a.total)
    .slice(0, MOST);
  const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map((bar) => bar.completed + bar.failed)));
  const times = rows[0]?.bars ?? [];
  return (
    <section className={`card ${styles.panel}`} aria-label="By topology and time">
      <h2 className={styles.title}>By topology</h2>
      <div className={styles.heat}>
        {rows.map(({ topology, bars }) => (
          <Fragment key={topology}>
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
          </Fragment>
        ))}
        <span />
        <div className={styles.hours} aria-hidden>
          {times
            .filter((_, index) => index % Math.ceil(times.length / 6) === 0)
            .map(({ at }) => (
              <span key={at}>{tick(at, range)}</span>
            ))}
        </div>
      </div>
    </section>
  );
}
