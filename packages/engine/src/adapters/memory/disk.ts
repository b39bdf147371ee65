// What survives a crash of the engine in memory: plain tables. Opening stores over the same disk is a restart.

import type { LedgerEntry } from '../../core/ledger.ts';
import type { Message, MessageState } from '../../core/message.ts';
import type { Timer } from '../../core/step.ts';
import type { AuditRow } from '../../ports/audit-store.ts';
import type { AttemptRecord, EngineEvent, ProcessContent, ProcessRecord } from '../../ports/read-model.ts';

export interface MessageRow {
  seq: number;
  message: Message;
  state: MessageState;
  /** Place among the ready of its queue; grows whenever a message becomes ready. */
  pos: number;
  limitKey: string | null;
  result: string | null;
  code: string | null;
  reason: string | null;
  changedAt: number;
  durationMs: number | null;
  emitted: number;
  readonly attempts: AttemptRecord[];
}

export interface ProcessRow {
  record: ProcessRecord;
  open: number;
  readonly bodyDigest: string | null;
  content: ProcessContent;
}

/** An entry of a connector, its value as JSON text. */
export interface EntryRow {
  readonly text: string;
  readonly revision: number;
  readonly expiresAt: number | null;
}

export interface CollectionRow {
  /** JSON texts by position, in order. */
  readonly items: Map<number, string>;
  expiresAt: number | null;
}

export interface LeaseRow {
  readonly holder: string;
  readonly fence: number;
  until: number;
}

export type Flow = { -readonly [K in 'accepted' | 'emitted' | 'finished']: LedgerEntry[K] };

export class MemoryDisk {
  readonly messages = new Map<string, MessageRow>();
  readonly processes = new Map<string, ProcessRow>();
  /** Process of each idempotency key, by topology and key. */
  readonly keys = new Map<string, string>();
  readonly flows = new Map<string, Flow>();
  readonly events: EngineEvent[] = [];
  readonly timers = new Map<string, Timer>();
  /** Parked parts by message, in order of arrival. */
  readonly parts = new Map<string, { readonly collection: string; readonly place: string | null }>();
  /** Released collections, with the process that keeps them closed. */
  readonly closed = new Map<string, string>();
  /** What a message was joined from. */
  readonly joined = new Map<string, readonly string[]>();
  readonly permits: { key: string; at: number }[] = [];
  readonly records = new Map<string, Map<string, string>>();
  readonly blobs = new Map<string, Uint8Array | string>();
  /** In the order of their numbers. */
  audit: AuditRow[] = [];
  /** What connectors keep, by space and key. */
  readonly entries = new Map<string, Map<string, EntryRow>>();
  readonly collections = new Map<string, Map<string, CollectionRow>>();
  readonly leases = new Map<string, Map<string, LeaseRow>>();
  /** Items of collections that are there no more, until they are swept. */
  dropped: Map<number, string>[] = [];
  /** Order in which users of a limit key were last served. */
  readonly turns = new Map<string, Map<string, number>>();
  seq = 0;
  pos = 0;
  eventSeq = 0;
  auditSeq = 0;
  turn = 0;
  /** Last revision, position or fence. */
  dataNumber = 0;

  flow(queue: string): Flow {
    let flow = this.flows.get(queue);
    if (!flow) {
      flow = { accepted: 0, emitted: 0, finished: 0 };
      this.flows.set(queue, flow);
    }
    return flow;
  }

  partsOf(collection: string): string[] {
    return [...this.parts].flatMap(([id, part]) => (part.collection === collection ? [id] : []));
  }

  /** Messages of a process, oldest first. */
  of(processId: string): MessageRow[] {
    return [...this.messages.values()].filter((row) => row.message.processId === processId);
  }
}
