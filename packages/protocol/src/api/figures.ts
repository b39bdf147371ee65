// How fast nodes and remote services are, and how often they fail.

import { z } from 'zod';
import { RANGES, type Range } from './statistics.ts';

const Millis = z.number().int();
const count = z.number().int();

export const FiguresQuery = z.object({ range: z.enum(Object.keys(RANGES) as [Range, ...Range[]]).default('1h') });

const Figures = z.object({
  count,
  /** Of these: steps that were repeated or went to trash; calls without an answer or with a status of 400 or more. */
  failed: count,
  /** In a minute of the time that is covered. */
  perMinute: z.number(),
  meanMs: z.number(),
  /** To within a tenth. */
  p50Ms: z.number(),
  p95Ms: z.number(),
  longestMs: z.number(),
});

export const NodeFigures = Figures.extend({ topology: z.string(), version: count, node: z.string() });
export type NodeFigures = z.infer<typeof NodeFigures>;

/** Calls of one method to one host; parts of a path that look like ids are one. */
export const CallFigures = Figures.extend({ method: z.string(), host: z.string(), path: z.string() });
export type CallFigures = z.infer<typeof CallFigures>;

export const FiguresView = z.object({
  from: Millis,
  to: Millis,
  /** The slowest first. */
  nodes: z.array(NodeFigures),
  calls: z.array(CallFigures),
});
export type FiguresView = z.infer<typeof FiguresView>;

export const RemoteCallQuery = z.object({
  processId: z.string().max(300).optional(),
  topology: z.string().max(200).optional(),
  node: z.string().max(200).optional(),
  worker: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
export type RemoteCallQuery = Partial<z.output<typeof RemoteCallQuery>>;

/** One request of a step to a remote service. */
export const RemoteCallView = z.object({
  at: Millis,
  worker: z.string(),
  processId: z.string().nullable(),
  messageId: z.string().nullable(),
  topology: z.string().nullable(),
  node: z.string().nullable(),
  /** Which attempt of the step it belongs to; null: the worker does not say. */
  attempt: count.nullable(),
  method: z.string(),
  host: z.string(),
  /** With its query; secrets are masked. */
  path: z.string(),
  /** 0: no answer came. */
  status: count,
  durationMs: count,
});
export type RemoteCallView = z.infer<typeof RemoteCallView>;
