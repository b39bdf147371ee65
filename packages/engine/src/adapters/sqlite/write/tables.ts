// The tables as the operations see them: statements prepared once, row numbers, counters, and the few acts that several
// operations share.

import type { Database, Statement } from '../database.ts';
import type { MessageRow, PayloadCopy } from '../operations.ts';
import { ProcessCounts } from '../process-counts.ts';
import { STATE } from '../schema.ts';

const MESSAGE_COLUMNS = `m.seq, m.id, q.name AS queue, m.state, m.pos, m.parent, m.user, m.headers, m.content_type, m.payload,
  m.attempt, m.cursor, m.same_cursor, m.ordering_key, m.due_at, m.arrived_at, m.process_started_at, p.body, p.blob, p.bytes`;
/** A message with its queue's name and its content. */
export const SELECT_MESSAGE = `SELECT ${MESSAGE_COLUMNS} FROM message m JOIN queue q ON q.id = m.queue JOIN payload p ON p.id = m.payload`;

interface Flow {
  accepted: number;
  emitted: number;
  finished: number;
}

export class Tables {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();
  #queues = new Map<string, number>();
  /** What this transaction adds to the ledger, by queue row. */
  readonly #flows = new Map<number, Flow>();
  /** Processes cancelled while some of their messages were leased. */
  readonly cancelled = new Set<string>();
  readonly processes = new ProcessCounts((text) => this.sql(text));
  #seq = 0;
  #pos = 0;
  #payload = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#loadCounters();
  }

  nextSeq(): number {
    return ++this.#seq;
  }

  nextPos(): number {
    return ++this.#pos;
  }

  /** The transaction was undone: forget what only memory knows of it. */
  undone(): void {
    this.#flows.clear();
    this.processes.forgetAll();
    this.#loadCounters();
  }

  sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  queue(name: string): number {
    let id = this.#queues.get(name);
    if (id === undefined) {
      this.sql('INSERT OR IGNORE INTO queue (name, topology) VALUES (?, ?)').run(
        name,
        name.slice(0, name.indexOf('/')),
      );
      id = (this.sql('SELECT id FROM queue WHERE name = ?').get(name) as { id: number }).id;
      this.#queues.set(name, id);
    }
    return id;
  }

  flow(queue: number): Flow {
    let flow = this.#flows.get(queue);
    if (!flow) {
      flow = { accepted: 0, emitted: 0, finished: 0 };
      this.#flows.set(queue, flow);
    }
    return flow;
  }

  writeFlows(): void {
    for (const [queue, { accepted, emitted, finished }] of this.#flows)
      this.sql(
        'UPDATE queue SET accepted = accepted + ?, emitted = emitted + ?, finished = finished + ? WHERE id = ?',
      ).run(accepted, emitted, finished, queue);
    this.#flows.clear();
  }

  payloadRow(payload: PayloadCopy, rows: Map<PayloadCopy, number>): number {
    if (payload.row !== null) return payload.row;
    let row = rows.get(payload);
    if (row === undefined) {
      row = ++this.#payload;
      this.sql('INSERT INTO payload (id, body, blob, bytes) VALUES (?, ?, ?, ?)').run(
        row,
        payload.body,
        payload.blob,
        payload.bytes,
      );
      rows.set(payload, row);
    }
    return row;
  }

  keyTaken(queue: number, orderingKey: string): boolean {
    return (
      this.sql('SELECT 1 FROM message WHERE queue = ? AND ordering_key = ? AND state < 4 LIMIT 1').get(
        queue,
        orderingKey,
      ) !== undefined
    );
  }

  promote(queue: number, orderingKey: string, now: number): MessageRow[] {
    const next = this.sql(
      'SELECT seq, id, due_at FROM message WHERE queue = ? AND ordering_key = ? AND state = 1 AND state < 4 ORDER BY seq LIMIT 1',
    ).get(queue, orderingKey) as { seq: number; id: string; due_at: number | null } | undefined;
    if (!next) return [];
    const waits = next.due_at !== null && next.due_at > now;
    this.sql('UPDATE message SET state = ?, pos = ? WHERE seq = ?').run(
      waits ? STATE.delayed : STATE.ready,
      this.nextPos(),
      next.seq,
    );
    return this.readyRow(next.id);
  }

  /** The message as the main thread needs it, when it is ready or has to be waited for. */
  readyRow(id: string): MessageRow[] {
    const row = this.sql(`${SELECT_MESSAGE} WHERE m.id = ?`).get(id) as MessageRow | undefined;
    return row && (row.state === STATE.ready || row.state === STATE.delayed) ? [row] : [];
  }

  messageEvent(at: number, type: string, queue: string, processId: string, messageId: string): void {
    const topology = queue.slice(0, queue.indexOf('/'));
    const node = queue.slice(queue.indexOf('/', topology.length + 1) + 1);
    this.event(at, type, topology, processId, node, messageId);
  }

  event(
    at: number,
    type: string,
    topology: string,
    processId: string,
    node: string | null,
    messageId: string | null,
  ): void {
    this.sql('INSERT INTO event (at, type, topology, process, node, message) VALUES (?, ?, ?, ?, ?, ?)').run(
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
}
