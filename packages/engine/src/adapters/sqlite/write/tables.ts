// The tables as the operations see them: statements prepared once, row numbers, counters, and the few acts that several
// operations share.

import { TextBytes } from '@sluice/protocol/text';
import type { Database, Statement } from '../database.ts';
import type { MessageRow, PayloadCopy } from '../operations.ts';
import { ProcessCounts } from '../process-counts.ts';
import { STATE } from '../schema.ts';
import { Unwritten } from './unwritten.ts';

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
  readonly #cancelling = new Set<string>();
  readonly unwritten = new Unwritten(this);
  readonly processes = new ProcessCounts((text) => this.sql(text), this.unwritten);
  #seq = 0;
  #pos = 0;
  #payload = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  nextSeq(): number {
    return ++this.#seq;
  }

  nextPos(): number {
    return ++this.#pos;
  }

  /**
   * Take everything that is kept in memory from the file, which holds the last commit.
   * @returns number of the last redo record that it holds
   */
  load(): number {
    this.#flows.clear();
    this.unwritten.forget();
    this.processes.forgetAll();
    const { number, seq, pos, payload } = this.sql('SELECT number, seq, pos, payload FROM redo').get() as {
      number: number;
      seq: number;
      pos: number;
      payload: number;
    };
    this.#seq = seq;
    this.#pos = pos;
    this.#payload = payload;
    const queues = this.sql('SELECT id, name FROM queue').all() as { id: number; name: string }[];
    this.#queues = new Map(queues.map(({ id, name }) => [name, id]));
    this.#cancelling.clear();
    for (const { process } of this.sql('SELECT process FROM cancelling').all() as { process: string }[])
      this.#cancelling.add(process);
    return number;
  }

  /** Put into the tables what was counted in memory, before a commit. */
  save(number: number): void {
    this.unwritten.flush();
    for (const [queue, { accepted, emitted, finished }] of this.#flows)
      this.sql(
        'UPDATE queue SET accepted = accepted + ?, emitted = emitted + ?, finished = finished + ? WHERE id = ?',
      ).run(accepted, emitted, finished, queue);
    this.#flows.clear();
    this.sql('UPDATE redo SET number = ?, seq = ?, pos = ?, payload = ?').run(
      number,
      this.#seq,
      this.#pos,
      this.#payload,
    );
  }

  /** Some messages of this process are worked on although it was cancelled: their steps only end them. */
  isCancelling(process: string): boolean {
    return this.#cancelling.size > 0 && this.#cancelling.has(process);
  }

  beginCancelling(process: string): void {
    this.#cancelling.add(process);
    this.sql('INSERT OR IGNORE INTO cancelling (process) VALUES (?)').run(process);
  }

  endCancelling(process: string): void {
    if (this.#cancelling.delete(process)) this.sql('DELETE FROM cancelling WHERE process = ?').run(process);
  }

  /**
   * A statement, prepared once. On the way of every message `get` runs it, which gives nothing where there are no rows; `run`
   * makes an object that says what changed, at a tenth of the cost of the row.
   */
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

  /** Row of a content that stands in the table from now on. */
  payloadRow(payload: PayloadCopy): number {
    const known = payload.row ?? payload.newRow;
    if (known !== undefined) {
      this.unwritten.writeContent(known);
      return known;
    }
    const row = this.nextPayload();
    this.insertPayload(row, payload);
    payload.newRow = row;
    return row;
  }

  nextPayload(): number {
    return ++this.#payload;
  }

  insertPayload(row: number, { body, blob, bytes }: PayloadCopy): void {
    if (body instanceof TextBytes)
      this.sql('INSERT INTO payload (id, body, blob, bytes) VALUES (?, CAST(? AS TEXT), ?, ?)').get(
        row,
        body.bytes(),
        blob,
        bytes,
      );
    else this.sql('INSERT INTO payload (id, body, blob, bytes) VALUES (?, ?, ?, ?)').get(row, body, blob, bytes);
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
    this.sql('INSERT INTO event (at, type, topology, process, node, message) VALUES (?, ?, ?, ?, ?, ?)').get(
      at,
      type,
      topology,
      processId,
      node,
      messageId,
    );
  }
}
