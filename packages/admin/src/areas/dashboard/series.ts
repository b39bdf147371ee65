// Numbers of the platform as the dashboard draws them.

import type { StatisticsView } from '@sluice/protocol';

export interface Bar {
  readonly at: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface Totals {
  readonly running: number;
  readonly completed: number;
  readonly failed: number;
  /** Mean time from start to end, or null when nothing ended. */
  readonly meanMs: number | null;
  readonly longestMs: number;
}

const times = ({ from, to, bucketMs }: StatisticsView): number[] =>
  Array.from({ length: Math.round((to - from) / bucketMs) }, (_, index) => from + index * bucketMs);

/** Every bucket of the range, the empty ones too. */
export function barsOf(view: StatisticsView, topology?: string): Bar[] {
  const rows = view.topologies.filter((one) => topology === undefined || one.topology === topology);
  return times(view).map((at) => {
    const bar = { at, completed: 0, failed: 0, cancelled: 0 };
    for (const { buckets } of rows)
      for (const bucket of buckets)
        if (bucket.at === at) {
          bar.completed += bucket.completed;
          bar.failed += bucket.failed;
          bar.cancelled += bucket.cancelled;
        }
    return bar;
  });
}

export function totalsOf(view: StatisticsView): Totals {
  let [running, completed, failed, ended, ms, longestMs] = [0, 0, 0, 0, 0, 0];
  for (const { running: now, buckets } of view.topologies) {
    running += now;
    for (const bucket of buckets) {
      const all = bucket.completed + bucket.failed + bucket.cancelled;
      completed += bucket.completed;
      failed += bucket.failed;
      ended += all;
      ms += bucket.meanMs * all;
      longestMs = Math.max(longestMs, bucket.longestMs);
    }
  }
  return { running, completed, failed, meanMs: ended === 0 ? null : ms / ended, longestMs };
}
