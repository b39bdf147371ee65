import type { EndedCount } from '@sluice/engine';
import { RANGES, type Range, StatisticsQuery, StatisticsView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

type Bucket = StatisticsView['topologies'][number]['buckets'][number];

export const statisticsRoutes: Routes = (app, { engine }) => {
  // Dashboards ask for the same numbers at the same time: one counting goes on, and whoever comes meanwhile shares the next
  // one. An answer is never older than its question, or a page would show for good what was true before the last change.
  const running = new Map<Range, Promise<StatisticsView>>();
  const next = new Map<Range, Promise<StatisticsView>>();

  function begin(range: Range): Promise<StatisticsView> {
    next.delete(range);
    const counting = make(range, Date.now()).finally(() => {
      if (running.get(range) === counting) running.delete(range);
    });
    running.set(range, counting);
    return counting;
  }

  function shared(range: Range): Promise<StatisticsView> {
    const before = running.get(range);
    if (!before) return begin(range);
    const again = (): Promise<StatisticsView> => begin(range);
    const queued = next.get(range) ?? before.then(again, again);
    next.set(range, queued);
    return queued;
  }

  async function make(range: Range, now: number): Promise<StatisticsView> {
    const { rangeMs, bucketMs } = RANGES[range];
    // Buckets begin at full minutes or hours, so that a bar does not change what it counts.
    const to = Math.floor(now / bucketMs) * bucketMs + bucketMs;
    const from = to - rangeMs;
    const { ended, running } = await engine.reads.statistics({ from, to, bucketMs });
    const names = new Set([...ended, ...running].map(({ topology }) => topology));
    return {
      from,
      to,
      bucketMs,
      topologies: [...names].sort().map((topology) => ({
        topology,
        running: running.find((one) => one.topology === topology)?.count ?? 0,
        buckets: bucketsOf(ended.filter((one) => one.topology === topology)),
      })),
    };
  }

  app.get<{ Querystring: { range: Range } }>(
    '/api/v1/statistics',
    {
      config: { scope: 'process:read' },
      schema: describe({
        summary: 'Processes that ended in the last hour, day or week by topology and time, and those that run',
        tag: 'operation',
        query: StatisticsQuery,
        answer: StatisticsView,
      }),
    },
    (request) => shared(request.query.range),
  );
};

function bucketsOf(ended: readonly EndedCount[]): Bucket[] {
  const buckets = new Map<number, Bucket & { total: number; totalMs: number }>();
  for (const { at, status, count, totalMs, longestMs } of ended) {
    const bucket = buckets.get(at) ?? {
      at,
      completed: 0,
      failed: 0,
      cancelled: 0,
      meanMs: 0,
      longestMs: 0,
      total: 0,
      totalMs: 0,
    };
    bucket[status] += count;
    bucket.total += count;
    bucket.totalMs += totalMs;
    bucket.longestMs = Math.max(bucket.longestMs, longestMs);
    buckets.set(at, bucket);
  }
  return [...buckets.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ total, totalMs, ...bucket }) => ({ ...bucket, meanMs: Math.round(totalMs / total) }));
}
