// The stored form of a process definition: meaning only. Where boxes sit on a canvas is kept under `layout`, which no
// part of the engine reads.

import { z } from 'zod';

export const NODE_KINDS = [
  'start',
  'cron',
  'webhook',
  'connector',
  'batch',
  'custom',
  'map',
  'filter',
  'router',
  'split',
  'collect',
  'delay',
  'call',
  'respond',
  'user-task',
  'topic',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** Kinds where a process may begin; a topic without incoming connections is one too, see `isStart`. */
export const START_KINDS: ReadonlySet<NodeKind> = new Set(['start', 'cron', 'webhook']);
/** Kinds that may undo a step: one message in, one answer out. */
export const UNDO_KINDS: ReadonlySet<NodeKind> = new Set(['connector', 'custom', 'user-task']);
/** Kinds served by a worker. */
export const WORKER_KINDS: ReadonlySet<NodeKind> = new Set(['connector', 'batch', 'custom']);

const Expression = z.string().min(1).max(10_000);
const Millis = z.number().int().min(0);
const NodeId = z.string().min(1).max(200);

const RepeatWritten = z.strictObject({
  /** Calls in all, the first one included. */
  attempts: z.number().int().min(1).max(1_000),
  /** Milliseconds before the second attempt. */
  delayMs: Millis.max(30 * 86_400_000),
  /** Each further delay is this many times the one before. */
  factor: z.number().min(1).max(100),
  maxDelayMs: Millis.max(30 * 86_400_000),
});
const { attempts, delayMs, factor, maxDelayMs } = RepeatWritten.shape;
/** With what stands for what is not written. A model keeps what was written; the engine asks for the rest. */
export const RepeatSchema = z.strictObject({
  attempts: attempts.default(10),
  delayMs: delayMs.default(1_000),
  factor: factor.default(2),
  maxDelayMs: maxDelayMs.default(300_000),
});
export type Repeat = z.infer<typeof RepeatSchema>;

export const LimitSchema = z.strictObject({
  /** Permits in any sliding window. */
  amount: z.number().int().min(1).max(1_000_000),
  windowMs: z.number().int().min(1).max(86_400_000),
  /** JSONata over {headers, body, user}: messages with equal results share the permits. Without it: the node's own. */
  key: Expression.optional(),
});
export type Limit = z.infer<typeof LimitSchema>;

export const SettingsSchema = z.looseObject({
  /** Most messages of this node that a worker has, or that are run, at once. 1 = strict order over the whole node. */
  prefetch: z.number().int().min(1).max(10_000).optional(),
  /** JSONata over {headers, body, user}: first in, first out inside equal results. */
  orderingKey: Expression.optional(),
  /** Milliseconds a worker may take for one call; call: for the called process; collect: for the missing parts. */
  timeoutMs: z
    .number()
    .int()
    .min(1)
    .max(10 * 366 * 86_400_000)
    .optional(),
  repeat: RepeatWritten.partial().optional(),
  limit: LimitSchema.optional(),
  /** map, split, respond: JSONata over {headers, body, user} that makes the new body. */
  expression: Expression.optional(),
  /** filter: JSONata; the message goes on when it is true. */
  condition: Expression.optional(),
  /** router: `first` (default) takes the first true connection, `all` every true one. */
  mode: z.enum(['first', 'all']).optional(),
  /** delay: milliseconds; or `until`, JSONata giving epoch ms or an ISO date. */
  delayMs: Millis.max(10 * 366 * 86_400_000).optional(),
  until: Expression.optional(),
  /** cron: five or six fields; time zone as an IANA name; body of the message it starts. */
  cron: z.string().max(200).optional(),
  timeZone: z.string().max(100).optional(),
  body: z.unknown().optional(),
  /** cron, after an outage: one start for the latest missed time (default), one for each (bounded), or none. */
  catchUp: z.enum(['latest', 'all', 'none']).optional(),
  /** start nodes: JSONata; by its result the process is found again, such as an order number. */
  businessKey: Expression.optional(),
  /** webhook: event that each user of an application is subscribed to, with what it asks. Without it: an address alone. */
  application: z.string().min(1).max(100).optional(),
  event: z.string().min(1).max(200).optional(),
  parameters: z.record(z.string().max(200), z.unknown()).optional(),
  /** Messages that arrive here are held until a person lets them go on. */
  breakpoint: z.boolean().optional(),
  /** call: topology that is started, and where (default: its only start). */
  topology: z.string().max(100).optional(),
  startNode: NodeId.optional(),
  /** call: go on with the answer of the called process (default), or at once. */
  wait: z.boolean().optional(),
  /** topic: with incoming connections it publishes under this name, without it starts a process for each publication. */
  topic: z.string().min(1).max(200).optional(),
  /** collect: JSONata; parts with equal results are joined. Without it: all parts of the process. */
  key: Expression.optional(),
  /** collect: how many parts make a whole: a number, or JSONata over a part. */
  count: z.union([z.number().int().min(1).max(10_000), Expression]).optional(),
  /** collect: JSONata; `body` is the list of all bodies so far; true = whole. */
  complete: Expression.optional(),
  /** collect: JSONata over a part, its place in the whole. Without it: order of arrival. */
  index: Expression.optional(),
  /** collect: parts of one process (default), or of all processes of the version. */
  scope: z.enum(['process', 'topology']).optional(),
  /** collect, when parts are missing after `timeoutMs`: join those that came (default), or fail them all. */
  onTimeout: z.enum(['release', 'fail']).optional(),
  /** collect, what becomes of a part that comes after its whole was released. */
  late: z.enum(['trash', 'stop']).optional(),
  /** respond: HTTP status and headers of the answer. */
  status: z.number().int().min(100).max(599).optional(),
  headers: z.record(z.string().max(200), z.string().max(10_000)).optional(),
  /** user-task: what the person is asked. */
  title: z.string().max(1_000).optional(),
  /** user-task: JSON Schema of the body that goes on. The person is asked for its members; an answer that breaks it is refused. */
  form: z.record(z.string().max(200), z.unknown()).optional(),
});
export type Settings = z.infer<typeof SettingsSchema>;

export const NodeSchema = z.looseObject({
  id: NodeId,
  kind: z.enum(NODE_KINDS),
  name: z.string().max(200).optional(),
  worker: z.string().max(200).optional(),
  action: z.string().max(200).optional(),
  settings: SettingsSchema.optional(),
  /** Why this cannot run; set by importers of foreign formats. Publishing refuses it and says so. */
  notRunnable: z.string().max(1_000).optional(),
});
export type Node = z.infer<typeof NodeSchema>;

export const ConnectionSchema = z.looseObject({
  from: NodeId,
  to: NodeId,
  /** JSONata over {headers, body, user} of the message that would pass; without it the message always passes. */
  when: Expression.optional(),
  notRunnable: z.string().max(1_000).optional(),
  /**
   * Without it the ordinary way. `error`: instead of trash, the message as it was. `timer`: when it was at the node for
   * `afterMs`, waiting or in work. `compensation`: `to` undoes what `from` did when a failed process is compensated.
   */
  on: z.enum(['error', 'timer', 'compensation']).optional(),
  /** error: only these codes; without it every error that no other path names. */
  codes: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
  afterMs: z
    .number()
    .int()
    .min(1)
    .max(10 * 366 * 86_400_000)
    .optional(),
});
export type Connection = z.infer<typeof ConnectionSchema>;

/** Names are parts of URLs. */
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const TopologySettingsSchema = z.looseObject({
  /** A process that failed is compensated by itself, or (default) when a person says so. */
  compensate: z.enum(['on-failure', 'manual']).optional(),
});

export const TopologySchema = z.looseObject({
  name: z
    .string()
    .regex(NAME_PATTERN, 'a name is 1 to 100 letters, digits, ".", "_" or "-", and begins with a letter or digit'),
  description: z.string().max(10_000).optional(),
  nodes: z.array(NodeSchema).max(2_000),
  connections: z.array(ConnectionSchema).max(10_000).default([]),
  settings: TopologySettingsSchema.optional(),
  layout: z.unknown().optional(),
});
export type TopologyModel = z.infer<typeof TopologySchema>;
