// Shapes of what operators look at: schedules and limits.

import { z } from 'zod';

const Millis = z.number().int();
const Count = z.number().int();

export const ScheduleView = z.object({
  topology: z.string(),
  node: z.string(),
  cron: z.string(),
  /** IANA name; null: that of the platform. */
  timeZone: z.string().nullable(),
  /** What is done about times that passed while nothing ran. */
  catchUp: z.enum(['none', 'latest', 'all']),
  nextAt: Millis.nullable(),
  lastAt: Millis.nullable(),
  /** The next times, the first one first; a few. */
  upcoming: z.array(Millis),
});
export type ScheduleView = z.infer<typeof ScheduleView>;

/** How full a limit is, as this replica sees it. */
export const LimitView = z.object({
  /** What it is of: a node, a key that nodes name, or an application. */
  of: z.enum(['node', 'key', 'application']),
  /** `topology/node`, the key, or the key of the application. */
  name: z.string(),
  /** Whose it is; null: all users share it. */
  user: z.string().nullable(),
  /** Calls in any window; null: nobody named a limit, and the service said that it is full. */
  amount: Count.nullable(),
  windowMs: Millis,
  /** Permits that count at present. */
  taken: Count,
  /** Messages that wait for their turn. */
  messages: Count,
  /** Synchronous callers that wait for their turn. */
  callers: Count,
  /** Until when the service asked to be left alone. */
  pausedUntil: Millis.nullable(),
});
export type LimitView = z.infer<typeof LimitView>;

export const LogQuery = z.object({
  processId: z.string().max(300).optional(),
  topology: z.string().max(200).optional(),
  node: z.string().max(200).optional(),
  worker: z.string().max(200).optional(),
  level: z.string().max(50).optional(),
  text: z.string().max(500).optional().describe('Only lines that have it in them, in small or capital letters'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
export type LogQuery = Partial<z.output<typeof LogQuery>>;

/** One setting of the environment, as it is in force. */
export const SettingView = z.object({
  name: z.string(),
  /** Null: it has none, or it is sealed. */
  value: z.string().nullable(),
  /** It has a value that is not shown. */
  sealed: z.boolean(),
  source: z.enum(['default', 'environment']),
  description: z.string(),
});
export type SettingView = z.infer<typeof SettingView>;
