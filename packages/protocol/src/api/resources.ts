// Shapes of the public API, once: the server validates by them, the client is typed by them, OpenAPI is made of them.

import { z } from 'zod';
import { SchemaShape } from '../application/manifest.ts';
import { ManifestSchema } from '../worker/manifest.ts';

const Id = z.string().min(1).max(300);
const Millis = z.number().int();
/** Text as it is; bytes as `{base64}`. */
export const ApiBody = z.union([z.string(), z.strictObject({ base64: z.base64() })]);
export type ApiBody = z.infer<typeof ApiBody>;
export const HeadersShape = z.record(z.string().max(200), z.string().max(16_384));

export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(300).optional(),
});

export const PROCESS_STATUSES = ['running', 'completed', 'failed', 'cancelled'] as const;

export const RunAnswer = z.object({
  processId: Id,
  /** The same Idempotency-Key started it before. */
  duplicate: z.boolean().optional(),
  status: z.enum(PROCESS_STATUSES).optional(),
});
export type RunAnswer = z.infer<typeof RunAnswer>;

export const PlatformView = z.object({
  /** The same as long as its data lives, whatever its address. */ id: z.string(),
});
export type PlatformView = z.infer<typeof PlatformView>;

export const WorkerRegistration = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  /** Address of an http worker; without it the worker joins by link. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** Sent with every call to an http worker. */
  headers: HeadersShape.optional(),
  /** Sign every request to an http worker, so that it can tell the platform from others; false ends that. */
  sign: z.boolean().optional(),
  /** Make a new token, or a new secret to sign with, for a worker that is already registered; the old one ends. */
  rotate: z.boolean().optional(),
});
export type WorkerRegistration = z.infer<typeof WorkerRegistration>;

export const WorkerView = z.object({
  name: z.string(),
  transport: z.enum(['http', 'link']),
  url: z.string().nullable(),
  health: z.enum(['up', 'down', 'unknown']),
  /** Why it is not up, in words. */
  reason: z.string().nullable(),
  /** Connections of a link worker; each is one replica. */
  connections: z.number().int(),
  underway: z.number().int(),
  /** Requests to it are signed. */
  signed: z.boolean(),
  /** When the worker is called again, while it is left alone after trouble. */
  pausedUntil: Millis.nullable(),
  manifest: ManifestSchema.nullable(),
  createdAt: Millis,
});
export type WorkerView = z.infer<typeof WorkerView>;
export const WorkerRegistered = WorkerView.extend({
  /** What a link worker joins with, and what an http worker asks with. Shown only now. */
  token: z.string().optional(),
  /** What requests to an http worker are signed with. Shown only now. */
  secret: z.string().optional(),
});
export type WorkerRegistered = z.infer<typeof WorkerRegistered>;

export const ProblemView = z.object({ code: z.string(), path: z.string(), message: z.string() });
export const TopologySaved = z.object({ name: z.string(), version: z.number().int(), problems: z.array(ProblemView) });
export type TopologySaved = z.infer<typeof TopologySaved>;

export const VersionView = z.object({
  name: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'enabled', 'disabled']),
  createdAt: Millis,
  publishedAt: Millis.nullable(),
});
export type VersionView = z.infer<typeof VersionView>;

export const ProcessView = z.object({
  id: Id,
  topology: z.string(),
  version: z.number().int(),
  startNode: z.string(),
  user: z.string(),
  status: z.enum(PROCESS_STATUSES),
  /** Messages of the process so far, the start included. */
  total: z.number().int(),
  done: z.number().int(),
  /** Messages that went to trash and were not replayed. */
  failed: z.number().int(),
  startedAt: Millis,
  endedAt: Millis.nullable(),
  /** Process that this one runs again. */
  replayOf: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  /** What the start node found in the message to find the process by. */
  businessKey: z.string().nullable(),
  /** What started it: a call that waits (`call`) or not (`start`), a publication (`topic`), or the process it undoes. */
  parent: z
    .object({
      processId: Id,
      messageId: z.string().nullable(),
      relation: z.enum(['call', 'start', 'topic', 'compensation']),
    })
    .nullable(),
  /** Processes above this one. */
  depth: z.number().int(),
});
export type ProcessView = z.infer<typeof ProcessView>;

export const AttemptView = z.object({
  attempt: z.number().int(),
  at: Millis,
  durationMs: z.number(),
  code: z.string(),
  reason: z.string(),
});

export const StepView = z.object({
  id: Id,
  processId: Id,
  parentId: z.string().nullable(),
  topology: z.string(),
  version: z.number().int(),
  node: z.string(),
  user: z.string(),
  state: z.enum(['ready', 'blocked', 'delayed', 'limited', 'held', 'trash', 'done']),
  result: z.string().nullable(),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  attempt: z.number().int(),
  attempts: z.array(AttemptView),
  arrivedAt: Millis,
  changedAt: Millis,
  dueAt: Millis.nullable(),
  durationMs: z.number().nullable(),
  emitted: z.number().int(),
  headers: HeadersShape,
  contentType: z.string(),
  bytes: z.number().int(),
  /** Messages that were joined here, in the order of the whole. */
  parts: z.array(Id),
  /** Only where bodies were asked for. */
  body: ApiBody.optional(),
  /** Of a user task: what the person is asked, and, where it is shown alone, the JSON Schema of the body that goes on. */
  task: z.object({ title: z.string().nullable(), form: SchemaShape.nullable().optional() }).optional(),
});
export type StepView = z.infer<typeof StepView>;

/** Change a message before it runs again; what is not given stays. */
export const EditRequest = z.strictObject({
  body: z.unknown().optional().describe('Text as it is, {base64} for bytes, any other JSON value as JSON'),
  headers: HeadersShape.optional(),
  contentType: z.string().max(300).optional(),
  node: z.string().max(200).optional(),
});
export type EditRequest = z.infer<typeof EditRequest>;
const VersionNumber = z.number().int().min(1).max(1_000_000_000);
export const ReplayRequest = EditRequest.extend({
  messageId: Id.optional(),
  toVersion: VersionNumber.optional().describe('Another published version of the topology to run on'),
});
export type ReplayRequest = z.infer<typeof ReplayRequest>;

export const WaitingQuery = Paging.extend({
  topology: z.string().max(200).optional(),
  node: z.string().max(200).optional(),
  processId: Id.optional(),
  code: z.string().max(200).optional(),
  user: z.string().max(200).optional(),
});
export type WaitingQuery = z.input<typeof WaitingQuery>;
/** Which waiting messages a bulk act means; an empty filter means all. */
export const WaitingFilterRequest = WaitingQuery.omit({ limit: true, cursor: true }).strict();
export type WaitingFilterRequest = z.infer<typeof WaitingFilterRequest>;

/** How a bulk act goes about it: all at once, or in portions that show how far it is. */
export const BulkOptions = z.object({
  /** Only say how many there are. */
  dryRun: z.boolean().optional(),
  /** At most so many now; the answer says where to go on. */
  limit: z.number().int().min(1).max(10_000).optional(),
  cursor: z.string().max(300).optional(),
});
export type BulkOptions = z.infer<typeof BulkOptions>;
export const WaitingBulkRequest = WaitingFilterRequest.extend(BulkOptions.shape).strict();
export type WaitingBulkRequest = z.infer<typeof WaitingBulkRequest>;

export const ProcessFilterRequest = z.object({
  topology: z.string().max(200).optional(),
  status: z.enum(PROCESS_STATUSES).optional(),
  user: z.string().max(200).optional(),
  replayOf: z.string().max(300).optional(),
  businessKey: z.string().max(500).optional(),
  parentId: z.string().max(300).optional().describe('Processes that messages of this process started'),
  startedFrom: z.coerce.number().int().optional().describe('Started then or later, in epoch ms'),
  startedTo: z.coerce.number().int().optional().describe('Started before then, in epoch ms'),
});
export type ProcessFilterRequest = z.infer<typeof ProcessFilterRequest>;
/** Which processes a bulk act means; an empty filter means all. */
export const ProcessBulkRequest = BulkOptions.extend({ filter: ProcessFilterRequest.strict() }).strict();
export type ProcessBulkRequest = z.infer<typeof ProcessBulkRequest>;

export const ProcessBulkReplayRequest = ProcessBulkRequest.extend({
  node: z.string().max(200).optional().describe('Node to begin at. Default: the start'),
  toVersion: VersionNumber.optional().describe('Another published version of their topologies to run on'),
}).strict();
export type ProcessBulkReplayRequest = z.infer<typeof ProcessBulkReplayRequest>;

/** A message of trash, perhaps edited; with `toVersion` it goes on there as a new process that is linked to its own. */
export const TrashReplayRequest = EditRequest.extend({ toVersion: VersionNumber.optional() });
export type TrashReplayRequest = z.infer<typeof TrashReplayRequest>;
export const TrashBulkRequest = WaitingBulkRequest.extend({
  toVersion: VersionNumber.optional(),
  nodes: z
    .record(z.string().max(200), z.string().max(200))
    .optional()
    .describe('What nodes are called in that version, where it is another name'),
}).strict();
export type TrashBulkRequest = z.infer<typeof TrashBulkRequest>;
/** A published version on which a message of trash could go on. */
export const DestinationView = z.object({
  version: z.number().int(),
  node: z.string().nullable().describe('Its node of the same name'),
  nodes: z.array(z.string()),
});
export type DestinationView = z.infer<typeof DestinationView>;
const ForeseenView = z.object({
  topology: z.string(),
  version: z.number().int(),
  node: z.string(),
  count: z.number().int(),
  to: z
    .string()
    .nullable()
    .describe('Null: there is no such version, or no such node in it, and they stay as they are'),
});

export const BulkAnswer = z.object({
  done: z.number().int(),
  failed: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
  /** Where to go on, when there are more than the limit. */
  next: z.string().optional(),
  /** Of a dry run: how many it would be. */
  matched: z.number().int().optional(),
  /** Of a dry run to another version: where messages of each node would go, or at which node processes would begin. */
  foreseen: z.array(ForeseenView).optional(),
});
export type BulkAnswer = z.infer<typeof BulkAnswer>;

/** A node at which arriving messages are held. */
export const BreakpointView = z.object({ topology: z.string(), node: z.string() });
export type BreakpointView = z.infer<typeof BreakpointView>;

const count = z.number().int();
export const LedgerEntryView = z.object({
  accepted: count,
  emitted: count,
  finished: count,
  queued: count,
  leased: count,
  delayed: count,
  limited: count,
  held: count,
  trash: count,
  balanced: z.boolean(),
});
export const LedgerView = LedgerEntryView.extend({
  nodes: z.array(LedgerEntryView.extend({ topology: z.string(), version: count, node: z.string() })),
});
export type LedgerView = z.infer<typeof LedgerView>;

/** A process that has other messages than it should, and the step whose output is not there. */
export const DiscrepancyView = z.object({
  processId: z.string(),
  topology: z.string(),
  version: count,
  node: z.string(),
  messageId: z.string().nullable(),
  expected: count,
  found: count,
});
export type DiscrepancyView = z.infer<typeof DiscrepancyView>;

export const EventView = z.object({
  seq: count,
  at: Millis,
  type: z.string(),
  topology: z.string(),
  processId: z.string(),
  node: z.string().nullable(),
  messageId: z.string().nullable(),
});
export type EventView = z.infer<typeof EventView>;

export const LogView = z.object({
  at: Millis,
  level: z.string(),
  message: z.string(),
  worker: z.string().nullable(),
  processId: z.string().nullable(),
  topology: z.string().nullable(),
  node: z.string().nullable(),
});
export type LogView = z.infer<typeof LogView>;

/** A page of a listing. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** Give it as `cursor` for the next page; null on the last one. */
  readonly next: string | null;
}
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
