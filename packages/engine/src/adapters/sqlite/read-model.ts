// ReadModel on SQLite: rows become records here, and leases (which only this process knows) join the ledger.

import type { Relation } from '../../core/acceptance.ts';
import { EMPTY_ENTRY, type LedgerEntry } from '../../core/ledger.ts';
import { splitQueue } from '../../core/message.ts';
import type { Timer } from '../../core/step.ts';
import type {
  CollectionRecord,
  Discrepancy,
  EndedCount,
  EngineEvent,
  Page,
  Paged,
  PartRecord,
  ProcessContent,
  ProcessFilter,
  ProcessRecord,
  ReadModel,
  Statistics,
  StatisticsRange,
  StepRecord,
  WaitingFilter,
  WaitingGroup,
} from '../../ports/read-model.ts';
import type { Copies } from './copies.ts';
import type { SqliteMessageStore } from './message-store.ts';
import type { ReadClient } from './read-client.ts';
import type { ProcessRow, StepRows, WaitingOf } from './reader.ts';
import { STATE, STATES, STATUS, STATUSES } from './schema.ts';
import type { StepRow } from './trail.ts';

export class SqliteReadModel implements ReadModel {
  readonly #reads: ReadClient;
  readonly #copies: Copies;
  readonly #messages: SqliteMessageStore;

  constructor(reads: ReadClient, copies: Copies, messages: SqliteMessageStore) {
    this.#reads = reads;
    this.#copies = copies;
    this.#messages = messages;
  }

  async process(id: string): Promise<ProcessRecord | null> {
    const row = await this.#reads.ask({ ask: 'process', id });
    return row ? toProcess(row) : null;
  }

  async content(processId: string): Promise<ProcessContent | null> {
    const row = await this.#reads.ask({ ask: 'content', id: processId });
    if (!row) return null;
    return {
      payload: { body: row.body, blob: row.blob, bytes: row.bytes },
      headers: JSON.parse(row.headers),
      contentType: row.content_type,
      answer:
        row.answer === null
          ? null
          : {
              ...JSON.parse(row.answer),
              payload: { body: row.answer_body, blob: row.answer_blob, bytes: row.answer_bytes ?? 0 },
            },
    };
  }

  async processes(filter: ProcessFilter, page: Page): Promise<Paged<ProcessRecord>> {
    const rows = await this.#reads.ask({
      ask: 'processes',
      before: page.cursor ?? null,
      limit: page.limit + 1,
      topology: filter.topology ?? null,
      status: filter.status === undefined ? null : STATUS[filter.status],
      user: filter.user ?? null,
      replayOf: filter.replayOf ?? null,
      businessKey: filter.businessKey ?? null,
      parentId: filter.parentId ?? null,
      startedFrom: filter.startedFrom ?? null,
      startedTo: filter.startedTo ?? null,
    });
    return paged(rows, page.limit, (row) => row.id, toProcess);
  }

  async history(processId: string, page: Page): Promise<Paged<StepRecord>> {
    const { steps, ...rest } = await this.#reads.ask({
      ask: 'history',
      id: processId,
      after: seqOf(page.cursor),
      limit: page.limit + 1,
    });
    return paged(
      steps,
      page.limit,
      (row) => String(row.seq),
      (row) => this.#toStep(row, rest),
    );
  }

  async step(messageId: string): Promise<StepRecord | null> {
    const { steps, ...rest } = await this.#reads.ask({ ask: 'step', id: messageId });
    return steps[0] ? this.#toStep(steps[0], rest) : null;
  }

  async waiting(filter: WaitingFilter, page: Page): Promise<Paged<StepRecord>> {
    const { steps, ...rest } = await this.#reads.ask({
      ask: 'waiting',
      after: seqOf(page.cursor),
      limit: page.limit + 1,
      of: waitingOf(filter),
    });
    return paged(
      steps,
      page.limit,
      (row) => String(row.seq),
      (row) => this.#toStep(row, rest),
    );
  }

  async waitingGroups(filter: WaitingFilter): Promise<readonly WaitingGroup[]> {
    const rows = await this.#reads.ask({ ask: 'waitingGroups', of: waitingOf(filter) });
    return rows.map(({ queue, code, reason, count, oldest, newest }) => ({
      ...splitQueue(queue),
      code,
      reason,
      count,
      oldestAt: oldest,
      newestAt: newest,
    }));
  }

  async statistics(range: StatisticsRange): Promise<Statistics> {
    const { ended, running } = await this.#reads.ask({ ask: 'statistics', range });
    return {
      ended: ended.map(({ topology, bucket, status, count, total, longest }) => ({
        topology,
        at: range.from + bucket * range.bucketMs,
        status: STATUSES[status]! as EndedCount['status'],
        count,
        totalMs: total,
        longestMs: longest,
      })),
      running,
    };
  }

  async collection(id: string): Promise<CollectionRecord> {
    const { parts, closed } = await this.#reads.ask({ ask: 'collection', id });
    return { parts, closed: closed === 1 };
  }

  async parts(collection: string): Promise<readonly PartRecord[]> {
    const rows = await this.#reads.ask({ ask: 'parts', collection });
    return rows.map((row) => ({ message: this.#copies.fromRow(row), place: row.place }));
  }

  dueTimers(now: number, max: number): Promise<readonly Timer[]> {
    return this.#messages.dueTimers(now, max);
  }

  async ledger(topology?: string): Promise<ReadonlyMap<string, LedgerEntry>> {
    const { flows, states } = await this.#reads.ask({ ask: 'ledger', topology: topology ?? null });
    const entries = new Map<string, { -readonly [K in keyof LedgerEntry]: number }>();
    for (const { name, accepted, emitted, finished } of flows)
      entries.set(name, { ...EMPTY_ENTRY, accepted, emitted, finished });
    for (const { name, state, count } of states) {
      const entry = entries.get(name)!;
      if (state <= STATE.blocked) entry.queued += count;
      else if (state === STATE.delayed) entry.delayed += count;
      else if (state === STATE.limited) entry.limited += count;
      else if (state === STATE.held) entry.held += count;
      else entry.trash += count;
    }
    // A lease is a ready message that somebody works on; the snapshot counted it as queued.
    for (const [name, leased] of this.#messages.leasedByQueue()) {
      const entry = entries.get(name);
      if (!entry) continue;
      entry.leased = Math.min(leased, entry.queued);
      entry.queued -= entry.leased;
    }
    return entries;
  }

  async events(afterSeq: number, limit: number): Promise<readonly EngineEvent[]> {
    const rows = await this.#reads.ask({ ask: 'events', after: afterSeq, limit });
    return rows.map((row) => ({
      seq: row.seq,
      at: row.at,
      type: row.type as EngineEvent['type'],
      topology: row.topology,
      processId: row.process,
      node: row.node,
      messageId: row.message,
    }));
  }

  lastEventSeq(): Promise<number> {
    return this.#reads.ask({ ask: 'lastEvent' });
  }

  async audit(limit: number): Promise<readonly Discrepancy[]> {
    const rows = await this.#reads.ask({ ask: 'audit', limit });
    return rows.map(({ process, missing }) => ({
      processId: process.id,
      topology: process.topology,
      version: process.version,
      node: missing ? splitQueue(missing.queue).node : process.start_node,
      messageId: missing?.parent ?? null,
      expected: process.expected,
      found: process.present,
    }));
  }

  size(): Promise<number> {
    return this.#reads.ask({ ask: 'size' });
  }

  #toStep(row: StepRow, { attempts, joined }: Omit<StepRows, 'steps'>): StepRecord {
    const message = this.#copies.fromRow(row);
    return {
      message,
      node: splitQueue(row.queue).node,
      state: STATES[row.state]!,
      result: row.result,
      code: row.code,
      reason: row.reason,
      changedAt: row.changed_at,
      durationMs: row.duration_ms,
      emitted: row.emitted,
      attempts: attempts
        .filter((attempt) => attempt.message === row.id)
        .map(({ attempt, at, duration_ms, code, reason }) => ({ attempt, at, durationMs: duration_ms, code, reason })),
      parts: joined.filter(({ message }) => message === row.id).map(({ part }) => part),
    };
  }
}

const waitingOf = (filter: WaitingFilter): WaitingOf => ({
  state: STATE[filter.state],
  topology: filter.topology ?? null,
  node: filter.node ?? null,
  processId: filter.processId ?? null,
  code: filter.code ?? null,
  user: filter.user ?? null,
  hold: filter.hold ?? null,
});

const seqOf = (cursor: string | undefined): number => (cursor === undefined ? 0 : Number(cursor) || 0);

function toProcess(row: ProcessRow): ProcessRecord {
  return {
    id: row.id,
    topology: row.topology,
    version: row.version,
    startNode: row.start_node,
    user: row.user,
    status: STATUSES[row.status]!,
    total: row.total,
    done: row.done,
    failed: row.failed,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    replayOf: row.replay_of,
    idempotencyKey: row.idempotency_key,
    businessKey: row.business_key,
    parent:
      row.parent === null
        ? null
        : { processId: row.parent, messageId: row.parent_message, relation: row.relation as Relation },
    depth: row.depth ?? 0,
  };
}

function paged<R, T>(rows: readonly R[], limit: number, cursorOf: (row: R) => string, toItem: (row: R) => T): Paged<T> {
  const kept = rows.slice(0, limit);
  return { items: kept.map(toItem), next: rows.length > limit ? cursorOf(kept[kept.length - 1]!) : null };
}
