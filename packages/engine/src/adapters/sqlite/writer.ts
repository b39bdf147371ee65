// Applies operations to the file. Decides nothing about messages: only where they go in tables.
//
// Runs in the writing thread. All operations of one group share one transaction and one sync.

import type { ProcessStatus } from '../../core/step.ts';
import type { Database, Statement } from './database.ts';
import type { AcceptOp, CommitOp, MessageCopy, MessageRow, Op, OpResult, PayloadCopy, Reply } from './operations.ts';
import { ProcessCounts } from './process-counts.ts';
import { STATE, STATUS } from './schema.ts';

const MESSAGE_COLUMNS = `m.seq, m.id, q.name AS queue, m.state, m.pos, m.parent, m.user, m.headers, m.content_type, m.payload,
  m.attempt, m.cursor, m.same_cursor, m.ordering_key, m.due_at, m.arrived_at, m.process_started_at, p.body, p.blob, p.bytes`;
/** A message with its queue's name and its content. */
export const SELECT_MESSAGE = `SELECT ${MESSAGE_COLUMNS} FROM message m JOIN queue q ON q.id = m.queue JOIN payload p ON p.id = m.payload`;

/** The statements of the hot path are constants: a text that is put together each time is hashed each time. */
const FINISH = `UPDATE message SET state = 6, changed_at = ?, duration_ms = ?, emitted = ?, result = ?, reason = ?
  WHERE id = ? AND state = ? AND attempt = ?`;

interface Flow {
  accepted: number;
  emitted: number;
  finished: number;
}

export class Writer {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();
  #queues = new Map<string, number>();
  /** What this transaction adds to the ledger, by queue row. */
  readonly #flows = new Map<number, Flow>();
  /** Processes cancelled while some of their messages were leased. */
  readonly #cancelled = new Set<string>();
  readonly #processes = new ProcessCounts((text) => this.#sql(text));
  #seq = 0;
  #pos = 0;
  #payload = 0;
  /** For each limit key the users in the order they were last served. */
  readonly #turns = new Map<string, Map<string, number>>();
  #turn = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#loadCounters();
  }

  /** Apply a group in one transaction. When one operation breaks it, each gets a transaction of its own. */
  apply(ops: readonly Op[]): Reply {
    try {
      return { results: this.#transaction(ops).map((ok) => ({ ok })) };
    } catch (error) {
      if (ops.length === 1) return { results: [{ failed: describe(error) }] };
      return { results: ops.flatMap((op) => this.apply([op]).results) };
    }
  }

  #transaction(ops: readonly Op[]): OpResult[] {
    this.#sql('BEGIN IMMEDIATE').run();
    try {
      const results = ops.map((op) => this.#one(op));
      this.#writeFlows();
      this.#sql('COMMIT').run();
      return results;
    } catch (error) {
      this.#flows.clear();
      this.#processes.forgetAll();
      // SQLite rolls back by itself on some errors (a full disk is one of them).
      if (this.#db.isTransaction) this.#sql('ROLLBACK').run();
      this.#loadCounters();
      throw error;
    }
  }

  #one(op: Op): OpResult {
    switch (op.op) {
      case 'accept':
        return this.#accept(op);
      case 'commit':
        return this.#commit(op);
      case 'releaseDue':
        return this.#releaseDue(op.now, op.max);
      case 'releaseLimited':
        return this.#releaseLimited(op.limitKey, op.max);
      case 'cancel':
        return this.#cancel(op.processId, op.at, op.leased);
      case 'forget':
        return this.#forget(op.endedBefore, op.max);
      case 'permits': {
        for (const { key, at } of op.grants) this.#sql('INSERT INTO permit (key, at) VALUES (?, ?)').run(key, at);
        for (const key of new Set(op.grants.map((grant) => grant.key)))
          this.#sql('DELETE FROM permit WHERE key = ? AND at < ?').run(key, op.olderThan);
        return { kind: 'ok' };
      }
      case 'records': {
        for (const { collection, key, value } of op.changes)
          if (value === null) this.#sql('DELETE FROM record WHERE collection = ? AND key = ?').run(collection, key);
          else
            this.#sql('INSERT OR REPLACE INTO record (collection, key, value) VALUES (?, ?, ?)').run(
              collection,
              key,
              value,
            );
        return { kind: 'ok' };
      }
    }
  }

  #accept(op: AcceptOp): OpResult {
    if (op.idempotencyKey !== null) {
      const first = this.#sql('SELECT id, body_digest FROM process WHERE topology = ? AND idempotency_key = ?').get(
        op.topology,
        op.idempotencyKey,
      ) as { id: string; body_digest: string | null } | undefined;
      if (first) return { kind: first.body_digest === op.bodyDigest ? 'duplicate' : 'conflict', processId: first.id };
    }
    const rows = new Map<PayloadCopy, number>();
    const open = op.emitted.length;
    const status: ProcessStatus = open > 0 ? 'running' : 'completed';
    this.#sql(
      `INSERT INTO process (id, topology, version, start_node, user, status, total, done, failed, open, emitted, started_at, ended_at,
         replay_of, idempotency_key, body_digest, payload, headers, content_type)
       VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      op.processId,
      op.topology,
      op.version,
      op.startNode,
      op.user,
      STATUS[status],
      1 + open,
      open,
      open,
      op.at,
      open > 0 ? null : op.at,
      op.replayOf,
      op.idempotencyKey,
      op.bodyDigest,
      this.#payloadRow(op.payload, rows),
      op.headers,
      op.contentType,
    );
    const flow = this.#flow(this.#queue(op.startQueue));
    flow.accepted++;
    flow.finished++;
    if (open > 0) this.#processes.begin(op.processId, op.topology, open);
    else this.#event(op.at, 'process.completed', op.topology, op.processId, null, null);
    const { positions, payloads, nextDue } = this.#insertAll(op.emitted, op.at, rows);
    return { kind: 'ok', ended: open > 0 ? null : status, positions, payloads, nextDue };
  }

  #commit(op: CommitOp): OpResult {
    const rows = new Map<PayloadCopy, number>();
    const queue = this.#queue(op.queue);
    const cancelled = op.from === STATE.ready && this.#cancelled.has(op.processId);
    const move: CommitOp['move'] = cancelled
      ? { to: 'done', result: 'cancelled', reason: 'the process was cancelled' }
      : op.move;
    const emitted = cancelled ? [] : op.emitted;
    const delta = cancelled ? { total: 0, done: 1, failed: 0, open: -1 } : op.delta;

    if (!this.#moveMessage(op, move, emitted.length, rows)) return { kind: 'lost' };

    const flow = this.#flow(queue);
    if (move.to === 'done') flow.finished++;
    if (move.to === 'queue' && move.queue !== op.queue) {
      flow.finished++;
      this.#flow(this.#queue(move.queue)).emitted++;
    }
    const inserted = this.#insertAll(emitted, op.at, rows);
    const ready = this.#promoteAfter(op, move, queue);
    if (move.to === 'queue') ready.push(...this.#readyRow(op.id));
    if (op.answer)
      this.#sql('UPDATE process SET answer = ?, answer_payload = ? WHERE id = ?').run(
        op.answer.text,
        this.#payloadRow(op.answer.payload, rows),
        op.processId,
      );
    const ended = this.#changeProcess(op.processId, delta, op.at);
    if (move.to === 'trash' || move.to === 'held')
      this.#messageEvent(
        op.at,
        move.to === 'trash' ? 'message.trashed' : 'message.held',
        op.queue,
        op.processId,
        op.id,
      );
    const { positions, payloads } = inserted;
    return {
      kind: 'ok',
      ended,
      positions,
      payloads,
      ready,
      nextDue: move.to === 'delayed' ? move.dueAt : inserted.nextDue,
    };
  }

  /** The fence: the update counts only when the message is still where the step took it from. */
  #moveMessage(op: CommitOp, move: CommitOp['move'], emitted: number, rows: Map<PayloadCopy, number>): boolean {
    const fence = [op.id, op.from, op.attempt] as const;
    const where = 'WHERE id = ? AND state = ? AND attempt = ?';
    let changed: number | bigint;
    switch (move.to) {
      case 'done':
        changed = this.#sql(FINISH).run(
          op.at,
          op.durationMs,
          emitted,
          move.result,
          move.reason,
          op.id,
          op.from,
          op.attempt,
        ).changes;
        break;
      case 'delayed':
        changed = this.#sql(
          `UPDATE message SET state = 2, changed_at = ?, due_at = ?, attempt = ?, result = ?, reason = ?, headers = coalesce(?, headers) ${where}`,
        ).run(op.at, move.dueAt, move.attempt, move.code, move.reason, move.headers, ...fence).changes;
        break;
      case 'limited':
        changed = this.#sql(
          `UPDATE message SET state = 3, changed_at = ?, limit_key = ?, result = 'limit', reason = ?, pos = ? ${where}`,
        ).run(op.at, move.limitKey, move.reason, ++this.#pos, ...fence).changes;
        break;
      case 'held':
        changed = this.#sql(`UPDATE message SET state = 4, changed_at = ?, result = 'held', reason = ? ${where}`).run(
          op.at,
          move.reason,
          ...fence,
        ).changes;
        break;
      case 'trash':
        changed = this.#sql(
          `UPDATE message SET state = 5, changed_at = ?, duration_ms = ?, result = 'trash', code = ?, reason = ?, attempt = attempt + ? ${where}`,
        ).run(op.at, op.durationMs, move.code, move.reason, op.from === STATE.ready ? 1 : 0, ...fence).changes;
        break;
      case 'queue': {
        const queue = this.#queue(move.queue);
        const taken = move.orderingKey !== null && this.#keyTaken(queue, move.orderingKey);
        changed = this.#sql(
          `UPDATE message SET queue = ?, state = ?, pos = ?, changed_at = ?, payload = ?, headers = ?, content_type = ?, ordering_key = ?,
             attempt = 0, due_at = NULL, limit_key = NULL, result = NULL, code = NULL, reason = NULL ${where}`,
        ).run(
          queue,
          taken ? STATE.blocked : STATE.ready,
          ++this.#pos,
          op.at,
          this.#payloadRow(move.payload, rows),
          move.headers,
          move.contentType,
          move.orderingKey,
          ...fence,
        ).changes;
      }
    }
    if (Number(changed) !== 1) return false;
    this.#logAttempt(op, move);
    return true;
  }

  #logAttempt(op: CommitOp, move: CommitOp['move']): void {
    if (move.to === 'done' || move.to === 'limited') return;
    const code =
      move.to === 'delayed' ? move.code : move.to === 'trash' ? move.code : move.to === 'held' ? 'held' : 'replayed';
    const reason = move.to === 'queue' ? 'replayed by a person' : move.reason;
    this.#sql('INSERT INTO attempt (message, attempt, at, duration_ms, code, reason) VALUES (?, ?, ?, ?, ?, ?)').run(
      op.id,
      op.attempt + 1,
      op.at,
      op.durationMs,
      code,
      reason,
    );
  }

  /** O1: when the head of an ordering key left, the next one may run. */
  #promoteAfter(op: CommitOp, move: CommitOp['move'], queue: number): MessageRow[] {
    const leaves = move.to === 'done' || move.to === 'trash' || move.to === 'held';
    if (op.orderingKey === null || !leaves || op.from > STATE.limited) return [];
    return this.#promote(queue, op.orderingKey, op.at);
  }

  #promote(queue: number, orderingKey: string, now: number): MessageRow[] {
    const next = this.#sql(
      'SELECT seq, id, due_at FROM message WHERE queue = ? AND ordering_key = ? AND state = 1 AND state < 4 ORDER BY seq LIMIT 1',
    ).get(queue, orderingKey) as { seq: number; id: string; due_at: number | null } | undefined;
    if (!next) return [];
    const waits = next.due_at !== null && next.due_at > now;
    this.#sql('UPDATE message SET state = ?, pos = ? WHERE seq = ?').run(
      waits ? STATE.delayed : STATE.ready,
      ++this.#pos,
      next.seq,
    );
    return this.#readyRow(next.id);
  }

  /** The message as the main thread needs it, when it is ready or has to be waited for. */
  #readyRow(id: string): MessageRow[] {
    const row = this.#sql(`${SELECT_MESSAGE} WHERE m.id = ?`).get(id) as MessageRow | undefined;
    return row && (row.state === STATE.ready || row.state === STATE.delayed) ? [row] : [];
  }

  #changeProcess(id: string, delta: CommitOp['delta'], at: number): ProcessStatus | null {
    if (delta.total === 0 && delta.done === 0 && delta.failed === 0 && delta.open === 0) return null;
    const { counts, before } = this.#processes.change(id, delta, at);
    if (counts.open > 0) return null;
    // A cancelled process recorded its end when it was cancelled.
    if (before === 'cancelled') {
      this.#cancelled.delete(id);
      return null;
    }
    this.#event(at, `process.${counts.status}`, counts.topology, id, null, null);
    return counts.status;
  }

  #insertAll(
    messages: readonly MessageCopy[],
    now: number,
    rows: Map<PayloadCopy, number>,
  ): { positions: number[]; payloads: number[]; nextDue: number | null } {
    const positions: number[] = [];
    const payloads: number[] = [];
    let nextDue: number | null = null;
    const insert = this.#sql(
      `INSERT INTO message (seq, id, queue, state, pos, parent, user, headers, content_type, payload, attempt, cursor, same_cursor,
         ordering_key, due_at, arrived_at, process_started_at, changed_at, result)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const m of messages) {
      const queue = this.#queue(m.queue);
      const waits = m.dueAt !== null && m.dueAt > now;
      const taken = !m.held && m.orderingKey !== null && this.#keyTaken(queue, m.orderingKey);
      const state = m.held ? STATE.held : taken ? STATE.blocked : waits ? STATE.delayed : STATE.ready;
      const pos = ++this.#pos;
      const payload = this.#payloadRow(m.payload, rows);
      insert.run(
        ++this.#seq,
        m.id,
        queue,
        state,
        pos,
        m.parent,
        m.user,
        m.headers,
        m.contentType,
        payload,
        m.cursor,
        m.sameCursor,
        m.orderingKey,
        m.dueAt,
        m.arrivedAt,
        m.processStartedAt,
        now,
        state === STATE.held ? 'held' : state === STATE.delayed ? 'delay' : null,
      );
      this.#flow(queue).emitted++;
      if (m.held) this.#messageEvent(now, 'message.held', m.queue, m.id.slice(0, m.id.indexOf('.')), m.id);
      if (state === STATE.delayed) nextDue = Math.min(nextDue ?? Number.POSITIVE_INFINITY, m.dueAt!);
      positions.push(state === STATE.ready ? pos : -1);
      payloads.push(payload);
    }
    return { positions, payloads, nextDue };
  }

  #keyTaken(queue: number, orderingKey: string): boolean {
    return (
      this.#sql('SELECT 1 FROM message WHERE queue = ? AND ordering_key = ? AND state < 4 LIMIT 1').get(
        queue,
        orderingKey,
      ) !== undefined
    );
  }

  #releaseDue(now: number, max: number): OpResult {
    const due = this.#sql('SELECT seq, id FROM message WHERE state = 2 AND due_at <= ? ORDER BY due_at LIMIT ?').all(
      now,
      max,
    ) as {
      seq: number;
      id: string;
    }[];
    const ready: MessageRow[] = [];
    for (const { seq, id } of due) {
      this.#sql('UPDATE message SET state = 0, pos = ? WHERE seq = ?').run(++this.#pos, seq);
      ready.push(...this.#readyRow(id));
    }
    const next = this.#sql('SELECT min(due_at) AS due FROM message WHERE state = 2').get() as { due: number | null };
    return { kind: 'ok', ready, count: due.length, nextDue: next.due };
  }

  #releaseLimited(limitKey: string, max: number): OpResult {
    const turns = this.#turns.get(limitKey) ?? new Map<string, number>();
    this.#turns.set(limitKey, turns);
    const users = this.#sql('SELECT DISTINCT user FROM message WHERE state = 3 AND limit_key = ?').all(limitKey) as {
      user: string;
    }[];
    const waiting = new Set(users.map((row) => row.user));
    for (const user of turns.keys()) if (!waiting.has(user)) turns.delete(user);
    const ready: MessageRow[] = [];
    while (ready.length < max && waiting.size > 0) {
      // Whoever was served longest ago is next; a new user comes before all others.
      const user = [...waiting].reduce((a, b) => ((turns.get(a) ?? 0) <= (turns.get(b) ?? 0) ? a : b));
      const oldest = this.#sql(
        'SELECT seq, id FROM message WHERE state = 3 AND limit_key = ? AND user = ? ORDER BY pos LIMIT 1',
      ).get(limitKey, user) as { seq: number; id: string } | undefined;
      if (!oldest) {
        waiting.delete(user);
        continue;
      }
      turns.set(user, ++this.#turn);
      this.#sql('UPDATE message SET state = 0, pos = ?, limit_key = NULL WHERE seq = ?').run(++this.#pos, oldest.seq);
      ready.push(...this.#readyRow(oldest.id));
    }
    return { kind: 'ok', ready, count: ready.length };
  }

  #cancel(processId: string, at: number, leased: readonly string[]): OpResult {
    const process = this.#sql('SELECT status, topology FROM process WHERE id = ?').get(processId) as
      | { status: number; topology: string }
      | undefined;
    if (!process || process.status !== STATUS.running) return { kind: 'lost' };
    const busy = new Set(leased);
    const live = this.#sql(
      'SELECT seq, id, queue, ordering_key, state FROM message WHERE id > ? AND id < ? AND state < 5',
    ).all(`${processId}.`, `${processId}/`) as {
      seq: number;
      id: string;
      queue: number;
      ordering_key: string | null;
      state: number;
    }[];
    const consumed = live.filter((message) => !busy.has(message.id));
    for (const { seq, queue } of consumed) {
      this.#sql(
        "UPDATE message SET state = 6, changed_at = ?, result = 'cancelled', reason = 'the process was cancelled' WHERE seq = ?",
      ).run(at, seq);
      this.#flow(queue).finished++;
    }
    const ready: MessageRow[] = [];
    for (const { queue, ordering_key: key, state } of consumed)
      if (key !== null && state < STATE.held && state !== STATE.blocked) ready.push(...this.#promote(queue, key, at));
    this.#processes.end(processId, { ...this.#processes.read(processId), status: 'cancelled' }, at);
    if (busy.size > 0) this.#cancelled.add(processId);
    this.#event(at, 'process.cancelled', process.topology, processId, null, null);
    return { kind: 'ok', ready, ids: consumed.map((message) => message.id) };
  }

  #forget(endedBefore: number, max: number): OpResult {
    const old = this.#sql(
      `SELECT id FROM process WHERE ended_at IS NOT NULL AND ended_at < ? AND status IN (1, 2, 3) AND open = 0
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id > process.id || '.' AND m.id < process.id || '/' AND m.state < 6)
       ORDER BY ended_at LIMIT ?`,
    ).all(endedBefore, max) as { id: string }[];
    for (const { id } of old) {
      const range = [`${id}.`, `${id}/`] as const;
      this.#sql('DELETE FROM attempt WHERE message > ? AND message < ?').run(...range);
      this.#sql('DELETE FROM payload WHERE id IN (SELECT payload FROM message WHERE id > ? AND id < ?)').run(...range);
      this.#sql(
        'DELETE FROM payload WHERE id IN (SELECT payload FROM process WHERE id = ? UNION SELECT answer_payload FROM process WHERE id = ?)',
      ).run(id, id);
      this.#sql('DELETE FROM message WHERE id > ? AND id < ?').run(...range);
      this.#sql('DELETE FROM process WHERE id = ?').run(id);
    }
    this.#sql('DELETE FROM event WHERE at < ?').run(endedBefore);
    return { kind: 'ok', ids: old.map((row) => row.id), count: old.length };
  }

  #payloadRow(payload: PayloadCopy, rows: Map<PayloadCopy, number>): number {
    if (payload.row !== null) return payload.row;
    let row = rows.get(payload);
    if (row === undefined) {
      row = ++this.#payload;
      this.#sql('INSERT INTO payload (id, body, blob, bytes) VALUES (?, ?, ?, ?)').run(
        row,
        payload.body,
        payload.blob,
        payload.bytes,
      );
      rows.set(payload, row);
    }
    return row;
  }

  #queue(name: string): number {
    let id = this.#queues.get(name);
    if (id === undefined) {
      this.#sql('INSERT OR IGNORE INTO queue (name, topology) VALUES (?, ?)').run(
        name,
        name.slice(0, name.indexOf('/')),
      );
      id = (this.#sql('SELECT id FROM queue WHERE name = ?').get(name) as { id: number }).id;
      this.#queues.set(name, id);
    }
    return id;
  }

  #flow(queue: number): Flow {
    let flow = this.#flows.get(queue);
    if (!flow) {
      flow = { accepted: 0, emitted: 0, finished: 0 };
      this.#flows.set(queue, flow);
    }
    return flow;
  }

  #writeFlows(): void {
    for (const [queue, { accepted, emitted, finished }] of this.#flows)
      this.#sql(
        'UPDATE queue SET accepted = accepted + ?, emitted = emitted + ?, finished = finished + ? WHERE id = ?',
      ).run(accepted, emitted, finished, queue);
    this.#flows.clear();
  }

  #messageEvent(at: number, type: string, queue: string, processId: string, messageId: string): void {
    const topology = queue.slice(0, queue.indexOf('/'));
    const node = queue.slice(queue.indexOf('/', topology.length + 1) + 1);
    this.#event(at, type, topology, processId, node, messageId);
  }

  #event(
    at: number,
    type: string,
    topology: string,
    processId: string,
    node: string | null,
    messageId: string | null,
  ): void {
    this.#sql('INSERT INTO event (at, type, topology, process, node, message) VALUES (?, ?, ?, ?, ?, ?)').run(
      at,
      type,
      topology,
      processId,
      node,
      messageId,
    );
  }

  #loadCounters(): void {
    const max = (column: string, table: string): number =>
      (this.#db.prepare(`SELECT coalesce(max(${column}), 0) AS top FROM ${table}`).get() as { top: number }).top;
    this.#seq = Math.max(this.#seq, max('seq', 'message'));
    // Only live messages have a place in a queue, and an index for it.
    this.#pos = Math.max(this.#pos, this.#seq, max('pos', 'message WHERE state < 6'));
    this.#payload = Math.max(this.#payload, max('id', 'payload'));
    this.#queues = new Map(
      (this.#db.prepare('SELECT id, name FROM queue').all() as { id: number; name: string }[]).map(({ id, name }) => [
        name,
        id,
      ]),
    );
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
