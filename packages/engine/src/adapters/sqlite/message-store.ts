// MessageStore on SQLite: leases in memory, because one process owns the file; everything else on disk.
//
// A restart voids all leases: what was leased is ready in the file and runs again.

import { collectSoon } from '@sluice/protocol/memory';
import type { Message } from '../../core/message.ts';
import { queueOf } from '../../core/message.ts';
import { ShortLived } from '../../core/short-lived.ts';
import { processDelta, type Step, type Timer, timersOf } from '../../core/step.ts';
import type { Acceptance, Accepted, Committed, MessageStore } from '../../ports/message-store.ts';
import type { AttemptRecord } from '../../ports/read-model.ts';
import type { Copies, Seen } from './copies.ts';
import type { GroupCommit } from './group-commit.ts';
import type { AcceptOp, CommitExtras, CommitOp, MessageRow, OpResult } from './operations.ts';
import type { ReadClient } from './read-client.ts';
import { ReadyQueues } from './ready-queues.ts';
import { ANYWHERE, STATE } from './schema.ts';

/** What was taken last from a backlog is through by then, at the latest. */
const COLLECT_AFTER_MS = 250;
/** What is through is in nobody's hands by then. */
const LET_GO_MS = 20;

interface Lease {
  readonly message: Message;
  readonly pos: number;
}

export class SqliteMessageStore implements MessageStore {
  readonly #writes: GroupCommit;
  readonly #reads: ReadClient;
  readonly #copies: Copies;
  readonly #ready = new ReadyQueues(() => {
    this.#collecting ??= setTimeout(() => this.#collect(), COLLECT_AFTER_MS).unref();
  });
  /** Set when a backlog was taken and is to be collected once it is through. */
  #collecting: NodeJS.Timeout | null = null;
  readonly #refills = new Map<string, Promise<void>>();
  readonly #leases = new ShortLived<string, Lease>();
  readonly #limited = new Map<string, number>();
  readonly #listeners: ((queue: string) => void)[] = [];
  readonly #dueListeners: (() => void)[] = [];
  #nextDue: number | null = null;
  #nextTimer: number | null = null;
  #timersEverSet = 0;

  constructor(writes: GroupCommit, reads: ReadClient, copies: Copies) {
    this.#writes = writes;
    this.#reads = reads;
    this.#copies = copies;
  }

  /** Learn what waits in the file. */
  async load(): Promise<void> {
    const { queues, nextDue, nextTimer, limited } = await this.#reads.ask({ ask: 'start' });
    for (const { name, last } of queues) this.#ready.announce(name, last);
    for (const { key, count } of limited) this.#limited.set(key, count);
    this.#nextDue = nextDue;
    this.#nextTimer = nextTimer;
  }

  /** How many messages of each queue somebody works on. */
  leasedByQueue(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [, { message }] of this.#leases) counts.set(message.queue, (counts.get(message.queue) ?? 0) + 1);
    return counts;
  }

  async accept(acceptance: Acceptance): Promise<Accepted> {
    const op = this.#acceptOp(acceptance);
    // What the operation carries is not kept until it is answered.
    const { extras } = op;
    const result = await this.#writes.run(op);
    if (result.kind === 'duplicate' || result.kind === 'conflict')
      return { kind: result.kind, processId: result.processId! };
    this.#emitted(acceptance.emitted, result);
    if (extras) this.#timersSet(extras.timers);
    return { kind: 'accepted', processId: acceptance.processId, ended: result.ended ?? null };
  }

  #acceptOp(acceptance: Acceptance): AcceptOp {
    const seen: Seen = [];
    const timers = timersOf(acceptance.emitted);
    const { lineage = null } = acceptance;
    return {
      op: 'accept',
      processId: acceptance.processId,
      topology: acceptance.topology,
      version: acceptance.version,
      startNode: acceptance.startNode,
      startQueue: queueOf(acceptance.topology, acceptance.version, acceptance.startNode),
      user: acceptance.user,
      at: acceptance.at,
      idempotencyKey: acceptance.idempotencyKey,
      bodyDigest: acceptance.bodyDigest,
      replayOf: acceptance.replayOf,
      payload: this.#copies.payload(acceptance.payload, seen),
      headers: this.#copies.headers(acceptance.headers),
      contentType: acceptance.contentType,
      emitted: this.#copies.messages(acceptance.emitted, seen),
      extras: lineage || timers.length > 0 ? { lineage, timers } : null,
    };
  }

  async claim(queue: string, max: number): Promise<readonly Message[]> {
    let taken = this.#ready.take(queue, max);
    while (taken.length === 0 && this.#ready.isSpilled(queue)) {
      await this.#refill(queue, max);
      taken = this.#ready.take(queue, max);
    }
    for (const entry of taken) this.#leases.set(entry.message.id, entry);
    return taken.map((entry) => entry.message);
  }

  giveBack(message: Message): void {
    const lease = this.#endLease(message.id);
    if (!lease) return;
    this.#ready.unshift(message, lease.pos);
    this.#announce(message.queue);
  }

  /** No `async`: all that such a function holds would be kept until it is answered, and many commits wait at once. */
  commit(step: Step): Promise<Committed> {
    if (step.from === 'leased' && !this.#leases.has(step.message.id)) return Promise.resolve({ applied: false });
    const op = this.#commitOp(step);
    const { extras } = op;
    return this.#writes.run(op).then((result) => this.#committed(step, extras, result));
  }

  #committed(step: Step, extras: CommitExtras | null, result: OpResult): Committed {
    const { message } = step;
    if (result.kind === 'stale') return { applied: false, stale: true };
    // A message that is somewhere else by now may be leased there.
    if (result.kind === 'lost' && step.from === 'anywhere') return { applied: false };
    this.#endLease(message.id);
    if (result.kind === 'lost') return { applied: false };
    if (step.from === 'anywhere') this.#ready.remove(new Set([message.id]));
    if (result.limitKey) this.#count(result.limitKey, -1);
    if (extras) this.#timersSet([...extras.timers, ...extras.starts.flatMap((start) => start.extras?.timers ?? [])]);
    return this.#applied(step, result);
  }

  #applied(step: Step, result: OpResult): Committed {
    if (step.move.to === 'limited') this.#count(step.move.limitKey, 1);
    this.#due(result.nextDue ?? null);
    this.#emitted(step.emitted, result);
    this.#woken(result.ready ?? []);
    const { ended = null, also } = result;
    return also ? { applied: true, ended, also } : { applied: true, ended };
  }

  async commitChain(steps: readonly Step[], keeps: boolean): Promise<readonly Committed[]> {
    const first = steps[0]!;
    const last = steps[steps.length - 1]!;
    if (!this.#leases.has(first.message.id)) return steps.map(() => ({ applied: false }));
    const seen: Seen = [];
    const { steps: results = [] } = await this.#writes.run({
      op: 'chain',
      steps: steps.map((step) => this.#commitOp(step, seen)),
    });
    this.#endLease(first.message.id);
    return steps.map((step, index): Committed => {
      const result = results[index];
      if (result?.kind !== 'ok') return { applied: false };
      if (step === last && !keeps) return this.#applied(step, result);
      // What it emitted is consumed by the next, or stays with the caller.
      for (let i = 0; i < (result.positions?.length ?? 0); i++) {
        const { message } = step.emitted[i]!;
        this.#copies.remember(message.payload, result.payloads![i]!);
        if (step !== last) continue;
        const pos = result.positions![i]!;
        this.#ready.keep(message.queue, pos);
        this.#leases.set(message.id, { message, pos });
      }
      return { applied: true, ended: result.ended ?? null };
    });
  }

  #commitOp(step: Step, seen: Seen = []): CommitOp {
    const { message, move, answer } = step;
    return {
      op: 'commit',
      id: message.id,
      queue: message.queue,
      processId: message.processId,
      orderingKey: message.orderingKey,
      from: step.from === 'leased' ? STATE.ready : step.from === 'anywhere' ? ANYWHERE : STATE[step.from],
      attempt: message.attempt,
      at: step.at,
      durationMs: step.durationMs,
      move:
        move.to === 'done'
          ? { to: 'done', result: move.result, reason: move.reason ?? null }
          : move.to === 'delayed'
            ? { ...move, headers: move.headers ? this.#copies.headers(move.headers) : null }
            : move.to === 'queue'
              ? {
                  ...move,
                  payload: this.#copies.payload(move.payload, seen),
                  headers: this.#copies.headers(move.headers),
                }
              : move,
      delta: processDelta(step),
      emitted: this.#copies.messages(step.emitted, seen),
      answer: answer
        ? {
            text: JSON.stringify({ status: answer.status, headers: answer.headers, contentType: answer.contentType }),
            payload: this.#copies.payload(answer.payload, seen),
          }
        : null,
      extras: this.#extras(step),
    };
  }

  /** Null for most steps. */
  #extras({ emitted, starts = [], joins, timer, clears = false }: Step): CommitExtras | null {
    const timers = timersOf(emitted, timer);
    if (!clears && !joins && starts.length === 0 && timers.length === 0) return null;
    return { starts: starts.map((start) => this.#acceptOp(start)), joins: joins ?? null, timers, clears };
  }

  nextTimer(): number | null {
    return this.#nextTimer;
  }

  async clearTimer(id: string): Promise<void> {
    await this.#writes.run({ op: 'clearTimer', id });
    this.#nextTimer = await this.#reads.ask({ ask: 'nextTimer' });
  }

  async note(messageId: string, record: AttemptRecord): Promise<void> {
    await this.#writes.run({ op: 'note', message: messageId, record });
  }

  async releaseDue(now: number, max: number): Promise<number> {
    const result = await this.#writes.run({ op: 'releaseDue', now, max });
    this.#nextDue = result.nextDue ?? null;
    this.#woken(result.ready ?? []);
    return result.count ?? 0;
  }

  nextDue(): number | null {
    return this.#nextDue;
  }

  async releaseLimited(limitKey: string, max: number): Promise<readonly string[]> {
    const result = await this.#writes.run({ op: 'releaseLimited', limitKey, max });
    const ready = result.ready ?? [];
    this.#count(limitKey, -ready.length);
    this.#woken(ready);
    return ready.map((row) => row.id);
  }

  limitedKeys(): ReadonlyMap<string, number> {
    return this.#limited;
  }

  async cancel(processId: string, at: number): Promise<boolean> {
    const leased = [...this.#leases.keys()].filter((id) => id.startsWith(`${processId}.`));
    const result = await this.#writes.run({ op: 'cancel', processId, at, leased });
    if (result.kind === 'lost') return false;
    this.#ready.remove(new Set(result.ids));
    this.#woken(result.ready ?? []);
    const { limited } = await this.#reads.ask({ ask: 'start' });
    this.#limited.clear();
    for (const { key, count } of limited) this.#limited.set(key, count);
    return true;
  }

  /** What is due, and with it the next instant that `nextTimer` tells: timers end without a word. */
  async dueTimers(now: number, max: number): Promise<readonly Timer[]> {
    const set = this.#timersEverSet;
    const { rows, next } = await this.#reads.ask({ ask: 'dueTimers', now, max });
    // One that was set meanwhile may be missing in the answer.
    if (this.#timersEverSet === set) this.#nextTimer = rows[0]?.due_at ?? next;
    return rows.map((row) => ({ id: row.id, of: row.of as Timer['of'], dueAt: row.due_at }));
  }

  #timersSet(timers: readonly Timer[]): void {
    this.#timersEverSet += timers.length;
    for (const { dueAt } of timers) {
      if (this.#nextTimer !== null && dueAt >= this.#nextTimer) continue;
      this.#nextTimer = dueAt;
      for (const listener of this.#dueListeners) listener();
    }
  }

  onReady(listener: (queue: string) => void): void {
    this.#listeners.push(listener);
    for (const name of this.#ready.names()) if (this.#ready.isSpilled(name)) listener(name);
  }

  onDue(listener: () => void): void {
    this.#dueListeners.push(listener);
  }

  async forget(rule: { endedBefore: number; max: number }): Promise<readonly string[]> {
    return (await this.#writes.run({ op: 'forget', ...rule })).ids ?? [];
  }

  async close(): Promise<void> {
    await this.#writes.drain();
  }

  async #refill(queue: string, max: number): Promise<void> {
    let refill = this.#refills.get(queue);
    if (!refill) {
      refill = this.#read(queue, Math.max(max, 500)).finally(() => this.#refills.delete(queue));
      this.#refills.set(queue, refill);
    }
    await refill;
  }

  async #read(queue: string, max: number): Promise<void> {
    const { loaded, last } = this.#ready.mark(queue);
    const rows = await this.#reads.ask({ ask: 'ready', queue, after: loaded, max });
    const entries = rows.map((row) => ({ message: this.#copies.fromRow(row), pos: row.pos }));
    this.#ready.refill(queue, entries, last);
  }

  #endLease(messageId: string): Lease | undefined {
    const lease = this.#leases.take(messageId);
    if (this.#collecting && this.#leases.size === 0) this.#collect();
    return lease;
  }

  #collect(): void {
    if (this.#collecting) clearTimeout(this.#collecting);
    this.#collecting = null;
    setTimeout(collectSoon, LET_GO_MS).unref();
  }

  #emitted(emitted: Step['emitted'], { positions = [], payloads = [], nextDue = null }: OpResult): void {
    // A step of a cancelled process emits nothing, whatever it wanted to.
    for (let index = 0; index < positions.length; index++) {
      const { message } = emitted[index]!;
      const pos = positions[index]!;
      this.#copies.remember(message.payload, payloads[index]!);
      if (pos < 0) continue;
      this.#ready.push(message, pos);
      this.#announce(message.queue);
    }
    this.#due(nextDue);
  }

  /** Messages that became ready on disk: released, promoted, or put back by a person. */
  #woken(rows: readonly MessageRow[]): void {
    for (const row of rows) {
      if (row.state === STATE.delayed) {
        this.#due(row.due_at);
        continue;
      }
      this.#ready.push(this.#copies.fromRow(row), row.pos);
      this.#announce(row.queue);
    }
  }

  #due(at: number | null): void {
    if (at === null || (this.#nextDue !== null && at >= this.#nextDue)) return;
    this.#nextDue = at;
    for (const listener of this.#dueListeners) listener();
  }

  #count(limitKey: string, change: number): void {
    const count = (this.#limited.get(limitKey) ?? 0) + change;
    if (count > 0) this.#limited.set(limitKey, count);
    else this.#limited.delete(limitKey);
  }

  #announce(queue: string): void {
    for (const listener of this.#listeners) listener(queue);
  }
}
