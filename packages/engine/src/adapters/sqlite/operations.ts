// What the main thread asks of the writing thread, and what comes back. Plain data: it is copied between threads, and
// kept in the redo log.

import type { KeptBody, TextBytes } from '@sluice/protocol/text';
import type { Lineage } from '../../core/acceptance.ts';
import type { Refusal } from '../../core/data.ts';
import type { DataAct } from '../../core/data-acts.ts';
import type { Join, ProcessStatus, Timer } from '../../core/step.ts';
import type { AuditEntry } from '../../ports/audit-store.ts';
import type { AttemptRecord } from '../../ports/read-model.ts';

/** Bodies shared by several messages of one operation are one object, and stay one through the copy. */
export interface PayloadCopy {
  /** Row the content already has, or null when it must be written. */
  readonly row: number | null;
  /** Text comes as text on the one side, and is bytes on the other. */
  readonly body: KeptBody | null;
  readonly blob: string | null;
  readonly bytes: number;
  /** Row that it gets where it is written. Never travels: what an operation says is the same however often it is applied. */
  newRow?: number | undefined;
}

/**
 * Contents of one operation that are looked for among those before: worth it for a few followers of one output, not for
 * thousands of items with one of their own each.
 */
export const MAX_SHARED = 16;

/** A list, or what makes its members one after the other. */
export interface Several<T> extends Iterable<T> {
  readonly length: number;
}

export interface MessageCopy {
  readonly id: string;
  readonly queue: string;
  /** Why it is held, or null. */
  readonly held: string | null;
  readonly parent: string | null;
  readonly user: string;
  readonly headers: string;
  readonly contentType: string;
  readonly payload: PayloadCopy;
  readonly cursor: string | null;
  readonly sameCursor: number;
  readonly orderingKey: string | null;
  readonly dueAt: number | null;
  readonly arrivedAt: number;
  readonly processStartedAt: number;
}

export interface AcceptOp {
  readonly op: 'accept';
  readonly processId: string;
  readonly topology: string;
  readonly version: number;
  readonly startNode: string;
  readonly startQueue: string;
  readonly user: string;
  readonly at: number;
  readonly idempotencyKey: string | null;
  readonly bodyDigest: string | null;
  readonly replayOf: string | null;
  readonly payload: PayloadCopy;
  readonly headers: string;
  readonly contentType: string;
  readonly emitted: Several<MessageCopy>;
  /** What few starts need. */
  readonly extras: { readonly lineage: Lineage | null; readonly timers: readonly Timer[] } | null;
}

/** What few steps need. */
export interface CommitExtras {
  readonly starts: readonly AcceptOp[];
  readonly joins: Join | null;
  readonly timers: readonly Timer[];
  /** The timer of the message and its place among the parts end when it leaves. */
  readonly clears: boolean;
}

export interface CommitOp {
  readonly op: 'commit';
  readonly id: string;
  readonly queue: string;
  readonly processId: string;
  readonly orderingKey: string | null;
  /** State number the message must be in, or ANYWHERE. */
  readonly from: number;
  readonly attempt: number;
  readonly at: number;
  readonly durationMs: number;
  readonly move:
    | { readonly to: 'done'; readonly result: string; readonly reason: string | null }
    | {
        readonly to: 'delayed';
        readonly dueAt: number;
        readonly attempt: number;
        readonly code: string;
        readonly reason: string;
        readonly headers: string | null;
      }
    | { readonly to: 'limited'; readonly limitKey: string; readonly reason: string }
    | { readonly to: 'held'; readonly reason: string }
    | { readonly to: 'called'; readonly processId: string; readonly dueAt: number | null; readonly reason: string }
    | { readonly to: 'collected'; readonly collection: string; readonly place: string | null; readonly reason: string }
    | { readonly to: 'trash'; readonly code: string; readonly reason: string }
    | {
        readonly to: 'queue';
        readonly queue: string;
        readonly payload: PayloadCopy;
        readonly headers: string;
        readonly contentType: string;
        readonly orderingKey: string | null;
      };
  readonly delta: { readonly total: number; readonly done: number; readonly failed: number; readonly open: number };
  readonly emitted: Several<MessageCopy>;
  readonly answer: { readonly text: string; readonly payload: PayloadCopy } | null;
  readonly extras: CommitExtras | null;
}

/** Id of the one message that a step emitted; null when it is another number. */
export function onlyOf(step: CommitOp | null): string | null {
  if (step?.emitted.length !== 1) return null;
  for (const { id } of step.emitted) return id;
  return null;
}

/** Steps of which each consumes what the one before it emitted. */
export interface ChainOp {
  readonly op: 'chain';
  readonly steps: readonly CommitOp[];
}

export type Op =
  | AcceptOp
  | CommitOp
  | ChainOp
  | { readonly op: 'releaseDue'; readonly now: number; readonly max: number }
  | { readonly op: 'releaseLimited'; readonly limitKey: string; readonly max: number }
  /** What a `releaseLimited` decided, as the log keeps it. */
  | { readonly op: 'release'; readonly ids: readonly string[] }
  | {
      readonly op: 'cancel';
      readonly processId: string;
      readonly at: number /** Messages somebody works on. */;
      readonly leased: readonly string[];
    }
  | { readonly op: 'clearTimer'; readonly id: string }
  | { readonly op: 'note'; readonly message: string; readonly record: AttemptRecord }
  | { readonly op: 'forget'; readonly endedBefore: number; readonly max: number }
  | {
      readonly op: 'permits';
      readonly grants: readonly { readonly key: string; readonly at: number }[];
      readonly olderThan: number;
    }
  | {
      readonly op: 'records';
      readonly changes: readonly RecordCopy[];
    }
  | { readonly op: 'audit'; readonly entry: AuditCopy }
  | { readonly op: 'forgetAudit'; readonly before: number; readonly keep: number; readonly max: number }
  | DataOp;

/** States as JSON text. */
export type AuditCopy = Omit<AuditEntry, 'before' | 'after'> & {
  readonly before: string | null;
  readonly after: string | null;
};

/** Values as JSON text. `expected` is left out when anything may be there. */
export interface RecordCopy {
  readonly collection: string;
  readonly key: string;
  readonly value: string | null;
  readonly expected?: string | null;
}

/** Data of connectors, with the value to set or the items to append: text on the one side, bytes on the other. */
export interface DataOp {
  readonly op: 'data';
  readonly act: DataAct;
  readonly values: readonly (string | TextBytes)[];
}

/** An entry as it stands in its row. */
export interface EntryCopy {
  readonly key: string;
  readonly value: string;
  readonly revision: number;
  readonly expiresAt: number | null;
}

/** What became of each act. */
export interface DataResults {
  set: { readonly revision: number } | { readonly because: Refusal; readonly found: EntryCopy | null };
  delete: { readonly because: Refusal | null; readonly found: EntryCopy | null } | null;
  increment: { readonly value: number; readonly revision: number } | { readonly fault: string };
  /** Position of the first item. */
  append: number;
  remove: number;
  drop: number;
  acquire: { readonly fence: number } | { readonly holder: string; readonly until: number };
  renew: boolean;
  release: boolean;
  sweep: number;
}

/** A message that became ready without being in the memory of the main thread. */
export interface MessageRow {
  readonly seq: number;
  readonly id: string;
  readonly queue: string;
  readonly state: number;
  readonly pos: number;
  readonly parent: string | null;
  readonly user: string;
  readonly headers: string;
  readonly content_type: string;
  readonly payload: number;
  readonly attempt: number;
  readonly cursor: string | null;
  readonly same_cursor: number;
  readonly ordering_key: string | null;
  readonly due_at: number | null;
  readonly arrived_at: number;
  readonly process_started_at: number;
  readonly body: string | Uint8Array | null;
  readonly blob: string | null;
  readonly bytes: number;
}

export interface OpResult {
  readonly kind: 'ok' | 'lost' | 'stale' | 'duplicate' | 'conflict' | 'data';
  /** What became of the steps of a chain. */
  readonly steps?: readonly OpResult[];
  /** What became of data of connectors. */
  readonly data?: DataResults[keyof DataResults];
  /** Record that was not as expected. */
  readonly index?: number;
  /** Process of a duplicate. */
  readonly processId?: string;
  readonly ended?: ProcessStatus | null;
  /** Other processes that ended with it. */
  readonly also?: readonly { readonly processId: string; readonly ended: ProcessStatus }[];
  /** Key the message waited for that left along its timer path. */
  readonly limitKey?: string;
  /** For each emission: its position when it is ready, -1 when it waits. */
  readonly positions?: readonly number[];
  /** Row of the payload of each emission, so that it is not written again. */
  readonly payloads?: readonly number[];
  /** Released or promoted messages. */
  readonly ready?: readonly MessageRow[];
  readonly count?: number;
  readonly ids?: readonly string[];
  /** Earliest due time of what this operation delayed or left delayed. */
  readonly nextDue?: number | null;
}

/** Of a step in the middle of a chain: what it emitted is consumed by the next one, and nobody needs to know where it stood. */
export const PASSED_RESULT: OpResult = {
  kind: 'ok',
  ended: null,
  nextDue: null,
  positions: [],
  payloads: [],
  ready: [],
};

export interface Reply {
  readonly results: readonly ({ readonly ok: OpResult } | { readonly failed: string })[];
}
