// What ended, what runs and what waits, in numbers.

import { z } from 'zod';

const Millis = z.number().int();
const count = z.number().int();

/** Ranges that can be asked for, each with the length of its buckets in ms. */
export const RANGES = {
  '1h': { rangeMs: 3_600_000, bucketMs: 60_000 },
  '24h': { rangeMs: 86_400_000, bucketMs: 3_600_000 },
  '7d': { rangeMs: 604_800_000, bucketMs: 10_800_000 },
} as const;
export type Range = keyof typeof RANGES;

export const StatisticsQuery = z.object({ range: z.enum(Object.keys(RANGES) as [Range, ...Range[]]).default('24h') });

export const StatisticsView = z.object({
  from: Millis,
  to: Millis,
  bucketMs: count,
  topologies: z.array(
    z.object({
      topology: z.string(),
      /** Processes with open messages. */
      running: count,
      /** Only buckets in which something ended, oldest first. */
      buckets: z.array(
        z.object({
          /** Beginning of the bucket. */
          at: Millis,
          completed: count,
          failed: count,
          cancelled: count,
          /** From start to end: the mean of all, and the slowest. */
          meanMs: z.number(),
          longestMs: z.number(),
        }),
      ),
    }),
  ),
});
export type StatisticsView = z.infer<typeof StatisticsView>;

/** What waits at one node for one reason. */
export const WaitingGroupView = z.object({
  topology: z.string(),
  version: count,
  node: z.string(),
  code: z.string().nullable(),
  /** Words of the one that came last. */
  reason: z.string().nullable(),
  count,
  oldestAt: Millis,
  newestAt: Millis,
});
export type WaitingGroupView = z.infer<typeof WaitingGroupView>;
