// Questions about what happened and what waits. Answers are snapshots; nothing here changes anything.

import type { Headers } from '@sluice/protocol';
import type { Parent } from '../core/acceptance.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { Hold, Message, MessageState, Payload } from '../core/message.ts';
import type { Answer, ProcessStatus, Timer } from '../core/step.ts';

export interface ProcessRecord {
  readonly id: string;
  readonly topology: string;
  readonly version: number;
  readonly startNode: string;
  readonly user: string;
  readonly status: ProcessStatus;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly replayOf: string | null;
  readonly idempotencyKey: string | null;
  readonly businessKey: string | null;
  /** Process and message that started this one. */
  readonly parent: Parent | null;
  /** Processes above this one. */
  readonly depth: number;
}

/** What came in at the start, and the answer of a respond node if there was one. */
export interface ProcessContent {
  readonly payload: Payload;
  readonly headers: Headers;
  readonly contentType: string;
  readonly answer: Answer | null;
}

/** One message at one node, with all attempts made there. */
export interface StepRecord {
  readonly message: Message;
  readonly node: string;
  readonly state: MessageState;
  /** How the step ended, or why the message waits. */
  readonly result: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly changedAt: number;
  readonly durationMs: number | null;
  readonly emitted: number;
  readonly attempts: readonly AttemptRecord[];
  /** Messages that were joined into this one, in the order of the whole. */
  readonly parts: readonly string[];
}

/** An attempt that did not finish the message. */
export interface AttemptRecord {
  readonly attempt: number;
  readonly at: number;
  readonly durationMs: number;
  readonly code: string;
  readonly reason: string;
}

export interface Page {
  /** Opaque; from the answer before. */
  readonly cursor?: string | undefined;
  /** 1 to 500. */
  readonly limit: number;
}

export interface Paged<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface WaitingFilter {
  readonly state: 'trash' | 'held' | 'delayed' | 'limited';
  readonly topology?: string | undefined;
  readonly node?: string | undefined;
  readonly processId?: string | undefined;
  readonly code?: string | undefined;
  readonly user?: string | undefined;
  /** Of the held ones only these. */
  readonly hold?: Hold | undefined;
}

export interface ProcessFilter {
  readonly topology?: string | undefined;
  readonly status?: ProcessStatus | undefined;
  readonly user?: string | undefined;
  readonly replayOf?: string | undefined;
  readonly businessKey?: string | undefined;
  readonly parentId?: string | undefined;
  /** Started then or later, in epoch ms. */
  readonly startedFrom?: number | undefined;
  /** Started before then. */
  readonly startedTo?: number | undefined;
}

/** What waits at one node for one reason. */
export interface WaitingGroup {
  readonly topology: string;
  readonly version: number;
  readonly node: string;
  readonly code: string | null;
  /** Words of the one that came last. */
  readonly reason: string | null;
  readonly count: number;
  /** When the first and the last of them came to wait. */
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** Times in epoch ms, cut into equal buckets; the first begins at `from`. */
export interface StatisticsRange {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/** Processes of one topology that ended in one bucket with one status. */
export interface EndedCount {
  readonly topology: string;
  /** Beginning of the bucket. */
  readonly at: number;
  readonly status: Exclude<ProcessStatus, 'running'>;
  readonly count: number;
  /** From start to end, of all of them together and of the slowest. */
  readonly totalMs: number;
  readonly longestMs: number;
}

export interface Statistics {
  /** Only what is not zero. */
  readonly ended: readonly EndedCount[];
  /** Processes with open messages, by topology. */
  readonly running: readonly { readonly topology: string; readonly count: number }[];
}

export interface EngineEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: 'process.completed' | 'process.failed' | 'process.cancelled' | 'message.trashed' | 'message.held';
  readonly topology: string;
  readonly processId: string;
  readonly node: string | null;
  readonly messageId: string | null;
}

/** What waits to become a whole. */
export interface CollectionRecord {
  readonly parts: number;
  /** It was released before. */
  readonly closed: boolean;
}

/** A parked part, and its place in the whole as JSON text; null = in order of arrival. */
export interface PartRecord {
  readonly message: Message;
  readonly place: string | null;
}

/** Two counts of the same thing that differ: a message is missing or one too many. */
export interface Discrepancy {
  readonly processId: string;
  readonly topology: string;
  readonly version: number;
  /** Node whose output or input is missing. */
  readonly node: string;
  readonly messageId: string | null;
  readonly expected: number;
  readonly found: number;
}

export interface ReadModel {
  process(id: string): Promise<ProcessRecord | null>;
  content(processId: string): Promise<ProcessContent | null>;
  /** Newest first. */
  processes(filter: ProcessFilter, page: Page): Promise<Paged<ProcessRecord>>;
  /** Every message of a process, oldest first. */
  history(processId: string, page: Page): Promise<Paged<StepRecord>>;
  step(messageId: string): Promise<StepRecord | null>;
  /** Messages that wait, oldest first. */
  waiting(filter: WaitingFilter, page: Page): Promise<Paged<StepRecord>>;
  /** The same messages by node and reason, the largest group first; at most 500 groups. */
  waitingGroups(filter: WaitingFilter): Promise<readonly WaitingGroup[]>;
  /** What ended in a range and what runs now. */
  statistics(range: StatisticsRange): Promise<Statistics>;
  collection(id: string): Promise<CollectionRecord>;
  /** Parts in order of arrival. */
  parts(collection: string): Promise<readonly PartRecord[]>;
  /** Timers that are due, the earliest first. */
  dueTimers(now: number, max: number): Promise<readonly Timer[]>;
  /** One entry per queue that ever saw a message, all from one instant. */
  ledger(topology?: string): Promise<ReadonlyMap<string, LedgerEntry>>;
  /** Recorded ends and trashings after `seq`, oldest first. */
  events(afterSeq: number, limit: number): Promise<readonly EngineEvent[]>;
  lastEventSeq(): Promise<number>;
  /** Compare the numbers of running and recently ended processes with the messages that are there. */
  audit(limit: number): Promise<readonly Discrepancy[]>;
  /** Bytes the store takes on its disk. */
  size(): Promise<number>;
}
