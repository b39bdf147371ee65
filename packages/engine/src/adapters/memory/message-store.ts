// The executable specification of MessageStore: what every adapter must do, in the fewest words.

import { type Emission, type Message, queueOf, splitQueue } from '../../core/message.ts';
import {
  enteringState,
  JOINED,
  type ProcessDelta,
  type ProcessStatus,
  processDelta,
  type Step,
  statusAfter,
  type Timer,
  timersOf,
} from '../../core/step.ts';
import type { Acceptance, Accepted, Committed, MessageStore } from '../../ports/message-store.ts';
import type { AttemptRecord, EngineEvent } from '../../ports/read-model.ts';
import type { MemoryDisk, MessageRow } from './disk.ts';

const ORDERED = new Set(['ready', 'blocked', 'delayed', 'limited']);
/** Moves that let go of the ordering key. */
const LEAVES = new Set(['done', 'trash', 'held', 'collected']);

export class MemoryMessageStore implements MessageStore {
  readonly #disk: MemoryDisk;
  readonly #leases = new Set<string>();
  readonly #cancelled = new Set<string>();
  readonly #readyListeners: ((queue: string) => void)[] = [];
  readonly #dueListeners: (() => void)[] = [];

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  isLeased(id: string): boolean {
    return this.#leases.has(id);
  }

  async accept(a: Acceptance): Promise<Accepted> {
    const key = a.idempotencyKey === null ? null : JSON.stringify([a.topology, a.idempotencyKey]);
    const first = key === null ? undefined : this.#disk.keys.get(key);
    if (first !== undefined) {
      const same = this.#disk.processes.get(first)!.bodyDigest === a.bodyDigest;
      return { kind: same ? 'duplicate' : 'conflict', processId: first };
    }
    if (key !== null) this.#disk.keys.set(key, a.processId);
    return { kind: 'accepted', processId: a.processId, ended: this.#begin(a) };
  }

  /** @returns how it ended, when nothing was to be done */
  #begin(a: Acceptance): ProcessStatus | null {
    const open = a.emitted.length;
    const status: ProcessStatus = open > 0 ? 'running' : 'completed';
    this.#disk.processes.set(a.processId, {
      record: {
        id: a.processId,
        topology: a.topology,
        version: a.version,
        startNode: a.startNode,
        user: a.user,
        status,
        total: 1 + open,
        done: 1,
        failed: 0,
        startedAt: a.at,
        endedAt: open > 0 ? null : a.at,
        replayOf: a.replayOf,
        idempotencyKey: a.idempotencyKey,
        businessKey: a.lineage?.businessKey ?? null,
        parent: a.lineage?.parent ?? null,
        depth: a.lineage?.depth ?? 0,
      },
      open,
      bodyDigest: a.bodyDigest,
      content: { payload: a.payload, headers: a.headers, contentType: a.contentType, answer: null },
    });
    const flow = this.#disk.flow(queueOf(a.topology, a.version, a.startNode));
    flow.accepted++;
    flow.finished++;
    if (open === 0) this.#event('process.completed', a.at, a.topology, a.processId, null);
    this.#insert(a.emitted, a.at);
    this.#setTimers(timersOf(a.emitted));
    if (open > 0) return null;
    this.#wakeCaller(a.processId);
    return status;
  }

  async claim(queue: string, max: number): Promise<readonly Message[]> {
    const ready = [...this.#disk.messages.values()].filter(
      (row) => row.message.queue === queue && row.state === 'ready' && !this.#leases.has(row.message.id),
    );
    ready.sort((a, b) => a.pos - b.pos);
    const claimed = ready.slice(0, max).map((row) => row.message);
    for (const { id } of claimed) this.#leases.add(id);
    return claimed;
  }

  giveBack(message: Message): void {
    if (this.#leases.delete(message.id)) this.#announce(message.queue);
  }

  async commit(step: Step): Promise<Committed> {
    return this.#commit(step);
  }

  async commitChain(steps: readonly Step[], keeps: boolean): Promise<readonly Committed[]> {
    return steps.map((step, index) => {
      const committed = this.#commit(step);
      if (keeps || index < steps.length - 1)
        for (const { message } of step.emitted) if (this.#disk.messages.has(message.id)) this.#leases.add(message.id);
      return committed;
    });
  }

  #commit(step: Step): Committed {
    const { id, processId } = step.message;
    const row = this.#disk.messages.get(id);
    const cancelled = step.from === 'leased' && this.#cancelled.has(processId);
    const joins = cancelled ? undefined : step.joins;
    if (joins?.parked.some((part) => this.#disk.parts.get(part)?.collection !== joins.collection))
      return { applied: false, stale: true };
    if (!row || !this.#takes(step, row)) return { applied: false };
    const applied: Step = cancelled
      ? {
          message: step.message,
          from: step.from,
          emitted: [],
          move: { to: 'done', result: 'cancelled', reason: 'the process was cancelled' },
          at: step.at,
          durationMs: step.durationMs,
        }
      : step;
    const wasHead = step.from === 'leased' || (ORDERED.has(row.state) && row.state !== 'blocked');
    this.#move(row, applied);
    this.#insert(applied.emitted, applied.at);
    if (step.message.orderingKey !== null && wasHead && LEAVES.has(applied.move.to))
      this.#promote(step.message, applied.at);
    const process = this.#disk.processes.get(processId)!;
    if (applied.answer) process.content = { ...process.content, answer: applied.answer };
    this.#clear(step);
    this.#setTimers(timersOf(applied.emitted, applied.timer));
    for (const start of applied.starts ?? []) if (!this.#disk.processes.has(start.processId)) this.#begin(start);
    const also = joins ? this.#join(joins, applied) : [];
    const ended = this.#changeProcess(processId, processDelta(applied), applied.at);
    return { applied: true, ended, ...(also.length > 0 ? { also } : {}) };
  }

  /** Is the message where the step takes it from? Ends the lease. */
  #takes(step: Step, row: MessageRow): boolean {
    if (step.from === 'anywhere') {
      if (row.state === 'done' || row.state === 'trash' || row.message.queue !== step.message.queue) return false;
      this.#leases.delete(row.message.id);
      return true;
    }
    const holds =
      step.from === 'leased' ? this.#leases.delete(row.message.id) && row.state === 'ready' : row.state === step.from;
    return holds && row.message.attempt === step.message.attempt;
  }

  #clear({ message, clears, move }: Step): void {
    if (!clears || move.to === 'delayed' || move.to === 'limited' || move.to === 'held' || move.to === 'called') return;
    this.#disk.timers.delete(message.id);
    if (move.to !== 'collected') this.#disk.parts.delete(message.id);
  }

  #join({ collection, parts, parked, closes }: NonNullable<Step['joins']>, step: Step) {
    const also: { processId: string; ended: ProcessStatus }[] = [];
    for (const id of parked) {
      this.#disk.parts.delete(id);
      if (id === step.message.id) continue;
      const row = this.#disk.messages.get(id)!;
      Object.assign(row, {
        state: 'done',
        result: 'joined',
        reason: `joined with ${step.message.id}`,
        changedAt: step.at,
      });
      this.#disk.flow(row.message.queue).finished++;
      const ended = this.#changeProcess(row.message.processId, JOINED, step.at);
      if (ended && row.message.processId !== step.message.processId)
        also.push({ processId: row.message.processId, ended });
    }
    this.#disk.joined.set(step.message.id, parts);
    this.#disk.timers.delete(collection);
    if (closes !== null) this.#disk.closed.set(collection, closes);
    return also;
  }

  nextTimer(): number | null {
    const due = [...this.#disk.timers.values()].map((timer) => timer.dueAt);
    return due.length > 0 ? Math.min(...due) : null;
  }

  async clearTimer(id: string): Promise<void> {
    this.#disk.timers.delete(id);
  }

  async note(messageId: string, record: AttemptRecord): Promise<void> {
    this.#disk.messages.get(messageId)?.attempts.push(record);
  }

  #setTimers(timers: readonly Timer[]): void {
    for (const timer of timers) if (!this.#disk.timers.has(timer.id)) this.#disk.timers.set(timer.id, timer);
    if (timers.length > 0) queueMicrotask(() => this.#dueChanged());
  }

  /** A called process ended: the message that waits for it may run. */
  #wakeCaller(processId: string): void {
    const { parent } = this.#disk.processes.get(processId)!.record;
    if (parent?.relation !== 'call' || parent.messageId === null) return;
    const row = this.#disk.messages.get(parent.messageId);
    if (row?.state === 'delayed' && row.message.cursor === processId) this.#enter(row, 'ready');
  }

  async releaseDue(now: number, max: number): Promise<number> {
    const due = this.#in('delayed').filter(({ message }) => message.dueAt !== null && message.dueAt <= now);
    due.sort((a, b) => a.message.dueAt! - b.message.dueAt!);
    for (const row of due.slice(0, max)) this.#enter(row, 'ready');
    return Math.min(due.length, max);
  }

  nextDue(): number | null {
    const due = this.#in('delayed').flatMap(({ message }) => (message.dueAt === null ? [] : [message.dueAt]));
    return due.length > 0 ? Math.min(...due) : null;
  }

  async releaseLimited(limitKey: string, max: number): Promise<readonly string[]> {
    const turns = this.#disk.turns.get(limitKey) ?? new Map<string, number>();
    this.#disk.turns.set(limitKey, turns);
    const ids: string[] = [];
    while (ids.length < max) {
      const waiting = this.#in('limited').filter((row) => row.limitKey === limitKey);
      if (waiting.length === 0) break;
      const turnOf = (row: MessageRow): number => turns.get(row.message.user) ?? 0;
      waiting.sort((a, b) => turnOf(a) - turnOf(b) || a.pos - b.pos);
      const next = waiting[0]!;
      turns.set(next.message.user, ++this.#disk.turn);
      next.limitKey = null;
      ids.push(next.message.id);
      this.#enter(next, 'ready');
    }
    return ids;
  }

  limitedKeys(): ReadonlyMap<string, number> {
    const keys = new Map<string, number>();
    for (const { limitKey } of this.#in('limited')) keys.set(limitKey!, (keys.get(limitKey!) ?? 0) + 1);
    return keys;
  }

  async cancel(processId: string, at: number): Promise<boolean> {
    const process = this.#disk.processes.get(processId);
    if (process?.record.status !== 'running') return false;
    const live = this.#disk.of(processId).filter((row) => row.state !== 'done' && row.state !== 'trash');
    const consumed = live.filter((row) => !this.#leases.has(row.message.id));
    const heads = consumed.filter((row) => ORDERED.has(row.state) && row.state !== 'blocked');
    for (const row of consumed) {
      Object.assign(row, {
        state: 'done',
        result: 'cancelled',
        reason: 'the process was cancelled',
        changedAt: at,
        limitKey: null,
      });
      this.#disk.parts.delete(row.message.id);
      this.#disk.flow(row.message.queue).finished++;
    }
    for (const { message } of heads) if (message.orderingKey !== null) this.#promote(message, at);
    process.open -= consumed.length;
    process.record = {
      ...process.record,
      status: 'cancelled',
      endedAt: at,
      done: process.record.done + consumed.length,
    };
    if (consumed.length < live.length) this.#cancelled.add(processId);
    this.#event('process.cancelled', at, process.record.topology, processId, null);
    this.#wakeCaller(processId);
    return true;
  }

  onReady(listener: (queue: string) => void): void {
    this.#readyListeners.push(listener);
    for (const queue of new Set(this.#in('ready').map((row) => row.message.queue))) listener(queue);
  }

  onDue(listener: () => void): void {
    this.#dueListeners.push(listener);
  }

  async forget({ endedBefore, max }: { endedBefore: number; max: number }): Promise<readonly string[]> {
    const old = [...this.#disk.processes.values()].filter(
      ({ record, open }) =>
        record.endedAt !== null &&
        record.endedAt < endedBefore &&
        open === 0 &&
        this.#disk.of(record.id).every((row) => row.state === 'done'),
    );
    old.sort((a, b) => a.record.endedAt! - b.record.endedAt!);
    const ids = old.slice(0, max).map(({ record }) => record.id);
    for (const id of ids) {
      for (const { message } of this.#disk.of(id)) {
        this.#disk.messages.delete(message.id);
        this.#disk.timers.delete(message.id);
        this.#disk.joined.delete(message.id);
      }
      for (const [collection, owner] of this.#disk.closed) if (owner === id) this.#disk.closed.delete(collection);
      const { topology, idempotencyKey } = this.#disk.processes.get(id)!.record;
      this.#disk.keys.delete(JSON.stringify([topology, idempotencyKey]));
      this.#disk.processes.delete(id);
    }
    return ids;
  }

  async close(): Promise<void> {}

  #move(row: MessageRow, step: Step): void {
    const { move, at } = step;
    row.changedAt = at;
    row.durationMs = step.durationMs;
    row.reason = 'reason' in move ? (move.reason ?? null) : null;
    const log = (code: string, reason: string): void => {
      row.attempts.push({ attempt: step.message.attempt + 1, at, durationMs: step.durationMs, code, reason });
    };
    switch (move.to) {
      case 'done':
        Object.assign(row, { state: 'done', result: move.result, emitted: step.emitted.length });
        this.#disk.flow(row.message.queue).finished++;
        break;
      case 'delayed':
        log(move.code, move.reason);
        row.message = {
          ...row.message,
          attempt: move.attempt,
          dueAt: move.dueAt,
          headers: move.headers ?? row.message.headers,
        };
        row.result = move.code;
        this.#enter(row, 'delayed');
        break;
      case 'limited':
        Object.assign(row, { state: 'limited', result: 'limit', limitKey: move.limitKey, pos: ++this.#disk.pos });
        break;
      case 'held':
        log('held', move.reason);
        Object.assign(row, { state: 'held', result: 'held' });
        this.#event('message.held', at, splitQueue(row.message.queue).topology, row.message.processId, row.message);
        break;
      case 'called':
        row.message = { ...row.message, cursor: move.processId, dueAt: move.dueAt, attempt: row.message.attempt + 1 };
        row.result = 'call';
        this.#enter(row, this.#disk.processes.get(move.processId)?.record.endedAt ? 'ready' : 'delayed');
        break;
      case 'collected':
        Object.assign(row, { state: 'held', result: 'collecting' });
        this.#disk.parts.set(row.message.id, { collection: move.collection, place: move.place });
        break;
      case 'trash':
        log(move.code, move.reason);
        if (step.from === 'leased') row.message = { ...row.message, attempt: row.message.attempt + 1 };
        Object.assign(row, { state: 'trash', result: 'trash', code: move.code });
        this.#event('message.trashed', at, splitQueue(row.message.queue).topology, row.message.processId, row.message);
        break;
      case 'queue': {
        log('replayed', 'replayed by a person');
        if (move.queue !== row.message.queue) {
          this.#disk.flow(row.message.queue).finished++;
          this.#disk.flow(move.queue).emitted++;
        }
        const { queue, payload, headers, contentType, orderingKey } = move;
        row.message = { ...row.message, queue, payload, headers, contentType, orderingKey, attempt: 0, dueAt: null };
        Object.assign(row, { result: null, code: null, reason: null, limitKey: null });
        this.#enter(row, this.#keyTaken(row.message) ? 'blocked' : 'ready');
      }
    }
  }

  #insert(emitted: readonly Emission[], now: number): void {
    for (const { message, enter } of emitted) {
      if (this.#disk.messages.has(message.id)) throw new Error(`Message ${message.id} was emitted twice.`);
      const held = enter !== 'queue';
      const state = held ? 'held' : enteringState(message.dueAt, now, this.#keyTaken(message));
      const row: MessageRow = {
        seq: ++this.#disk.seq,
        message,
        state: 'done',
        pos: 0,
        limitKey: null,
        result: held ? enter : state === 'delayed' ? 'delay' : null,
        code: null,
        reason: null,
        changedAt: now,
        durationMs: null,
        emitted: 0,
        attempts: [],
      };
      this.#enter(row, state);
      this.#disk.messages.set(message.id, row);
      this.#disk.flow(message.queue).emitted++;
      if (held) this.#event('message.held', now, splitQueue(message.queue).topology, message.processId, message);
    }
  }

  #enter(row: MessageRow, state: MessageRow['state']): void {
    row.state = state;
    row.pos = ++this.#disk.pos;
    if (state === 'ready') queueMicrotask(() => this.#announce(row.message.queue));
    if (state === 'delayed') queueMicrotask(() => this.#dueChanged());
  }

  /** O1: the earliest of those blocked behind this message may go. */
  #promote({ queue, orderingKey }: Message, now: number): void {
    const blocked = this.#in('blocked').filter(
      (row) => row.message.queue === queue && row.message.orderingKey === orderingKey,
    );
    blocked.sort((a, b) => a.seq - b.seq);
    const next = blocked[0];
    if (next) this.#enter(next, enteringState(next.message.dueAt, now, false));
  }

  #keyTaken({ id, queue, orderingKey }: Message): boolean {
    if (orderingKey === null) return false;
    for (const { message, state } of this.#disk.messages.values())
      if (message.id !== id && message.queue === queue && message.orderingKey === orderingKey && ORDERED.has(state))
        return true;
    return false;
  }

  #changeProcess(id: string, delta: ProcessDelta, at: number): ProcessStatus | null {
    const process = this.#disk.processes.get(id)!;
    const before = process.record.status;
    process.open += delta.open;
    const failed = process.record.failed + delta.failed;
    const changed = delta.total !== 0 || delta.done !== 0 || delta.failed !== 0 || delta.open !== 0;
    const status = changed ? statusAfter(before, process.open, failed) : before;
    const ended = changed && process.open === 0 && before !== 'cancelled';
    process.record = {
      ...process.record,
      status,
      total: process.record.total + delta.total,
      done: process.record.done + delta.done,
      failed,
      endedAt:
        before === 'cancelled'
          ? process.record.endedAt
          : process.open > 0
            ? null
            : changed
              ? at
              : process.record.endedAt,
    };
    if (!ended || status === 'running') return null;
    this.#event(`process.${status}`, at, process.record.topology, id, null);
    this.#wakeCaller(id);
    return status;
  }

  #event(type: EngineEvent['type'], at: number, topology: string, processId: string, message: Message | null): void {
    const node = message ? splitQueue(message.queue).node : null;
    this.#disk.events.push({
      seq: ++this.#disk.eventSeq,
      at,
      type,
      topology,
      processId,
      node,
      messageId: message?.id ?? null,
    });
  }

  #in(state: MessageRow['state']): MessageRow[] {
    return [...this.#disk.messages.values()].filter((row) => row.state === state);
  }

  #announce(queue: string): void {
    for (const listener of this.#readyListeners) listener(queue);
  }

  #dueChanged(): void {
    for (const listener of this.#dueListeners) listener();
  }
}
