import type { EndedCount } from '@sluice/engine';
import { RANGES, type Range, StatisticsQuery, StatisticsView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

/** Dashboards ask for the same numbers at the same time. */
const FRESH_MS = 2_000;

type Bucket = StatisticsView['topologies'][number]['buckets'][number];

export const statisticsRoutes: Routes = (app, { engine }) => {
  const made = new Map<Range, { at: number; view: Promise<StatisticsView> }>();

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
    async (request) => {
      const { range } = request.query;
      const now = Date.now();
      let known = made.get(range);
      if (!known || now - known.at > FRESH_MS) {
        known = { at: now, view: make(range, now) };
        made.set(range, known);
        known.view.catch(() => made.delete(range));
      }
      return known.view;
    },
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
