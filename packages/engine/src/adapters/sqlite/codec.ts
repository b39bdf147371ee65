// Groups on their way between the threads, and into the redo log: one flat list of plain values, as JSON text.
//
// Copying objects between threads costs more than writing their rows does: names of members travel with every object.
// A flat list costs a third of that, and as text, which the runtime copies at the speed of memory, half of it again. Only
// the two operations and the answer that every message causes are written out here; the rare ones travel as they are.

import type { ProcessStatus } from '../../core/step.ts';
import type {
  AcceptOp,
  CommitExtras,
  CommitOp,
  MessageCopy,
  MessageRow,
  Op,
  PayloadCopy,
  Reply,
} from './operations.ts';

type Flat = unknown[];

const ACCEPT = 1;
const COMMIT = 2;
const OTHER = 3;
/** Up to here the parts of a list are written out one by one; longer ones travel as lists. */
const FEW = 1_000;
const NONE: readonly never[] = [];

/** Reads a flat list from front to back. */
class Cursor {
  readonly #list: Flat;
  #at = 0;
  constructor(list: Flat) {
    this.#list = list;
  }
  get done(): boolean {
    return this.#at >= this.#list.length;
  }
  next<T>(): T {
    return this.#list[this.#at++] as T;
  }
}

export function encodeOps(ops: Iterable<Op>): string {
  const out: Flat = [];
  for (const op of ops) {
    if (op.op === 'accept') encodeAccept(out, op);
    else if (op.op === 'commit') encodeCommit(out, op);
    else out.push(OTHER, op);
  }
  return JSON.stringify(out);
}

export function decodeOps(text: string): Op[] {
  const cursor = new Cursor(JSON.parse(text) as Flat);
  const ops: Op[] = [];
  while (!cursor.done) {
    const kind = cursor.next<number>();
    ops.push(kind === ACCEPT ? decodeAccept(cursor) : kind === COMMIT ? decodeCommit(cursor) : cursor.next<Op>());
  }
  return ops;
}

function encodeAccept(out: Flat, op: AcceptOp): void {
  const seen: PayloadCopy[] = [];
  out.push(
    ACCEPT,
    op.processId,
    op.topology,
    op.version,
    op.startNode,
    op.startQueue,
    op.user,
    op.at,
    op.idempotencyKey,
  );
  out.push(op.bodyDigest, op.replayOf, op.headers, op.contentType);
  encodePayload(out, op.payload, seen);
  encodeMessages(out, op.emitted, seen);
  out.push(op.extras);
}

function decodeAccept(c: Cursor): AcceptOp {
  const seen: PayloadCopy[] = [];
  return {
    op: 'accept',
    processId: c.next(),
    topology: c.next(),
    version: c.next(),
    startNode: c.next(),
    startQueue: c.next(),
    user: c.next(),
    at: c.next(),
    idempotencyKey: c.next(),
    bodyDigest: c.next(),
    replayOf: c.next(),
    headers: c.next(),
    contentType: c.next(),
    payload: decodePayload(c, seen),
    emitted: decodeMessages(c, seen),
    extras: c.next(),
  };
}

function encodeCommit(out: Flat, op: CommitOp): void {
  const seen: PayloadCopy[] = [];
  const { move, delta } = op;
  out.push(COMMIT, op.id, op.queue, op.processId, op.orderingKey, op.from, op.attempt, op.at, op.durationMs);
  out.push(delta.total, delta.done, delta.failed, delta.open);
  // The usual move needs two words; the others are rare and travel whole.
  if (move.to === 'done') out.push(move.result, move.reason);
  else if (move.to === 'queue') {
    const { payload, ...rest } = move;
    out.push(null, rest);
    encodePayload(out, payload, seen);
  } else out.push(null, move);
  out.push(op.answer?.text ?? null);
  if (op.answer) encodePayload(out, op.answer.payload, seen);
  encodeExtras(out, op.extras);
  encodeMessages(out, op.emitted, seen);
}

function decodeCommit(c: Cursor): CommitOp {
  const seen: PayloadCopy[] = [];
  return {
    op: 'commit',
    id: c.next(),
    queue: c.next(),
    processId: c.next(),
    orderingKey: c.next(),
    from: c.next(),
    attempt: c.next(),
    at: c.next(),
    durationMs: c.next(),
    delta: { total: c.next(), done: c.next(), failed: c.next(), open: c.next() },
    move: decodeMove(c, seen),
    answer: decodeAnswer(c, seen),
    extras: decodeExtras(c),
    emitted: decodeMessages(c, seen),
  };
}

function decodeMove(c: Cursor, seen: PayloadCopy[]): CommitOp['move'] {
  const result = c.next<string | null>();
  const rest = c.next<unknown>();
  if (result !== null) return { to: 'done', result, reason: rest as string | null };
  const move = rest as CommitOp['move'];
  return move.to === 'queue' ? { ...move, payload: decodePayload(c, seen) } : move;
}

function encodeExtras(out: Flat, extras: CommitOp['extras']): void {
  if (!extras) {
    out.push(null);
    return;
  }
  const { starts, ...rest } = extras;
  out.push(rest, starts.length);
  for (const start of starts) encodeAccept(out, start);
}

function decodeExtras(c: Cursor): CommitOp['extras'] {
  const rest = c.next<Omit<CommitExtras, 'starts'> | null>();
  if (!rest) return null;
  const starts: AcceptOp[] = [];
  for (let left = c.next<number>(); left > 0; left--) {
    c.next(); // the kind, which is known
    starts.push(decodeAccept(c));
  }
  return { ...rest, starts };
}

function decodeAnswer(c: Cursor, seen: PayloadCopy[]): CommitOp['answer'] {
  const text = c.next<string | null>();
  return text === null ? null : { text, payload: decodePayload(c, seen) };
}

function encodeMessages(out: Flat, messages: readonly MessageCopy[], seen: PayloadCopy[]): void {
  out.push(messages.length);
  for (const m of messages) {
    out.push(m.id, m.queue, m.held, m.parent, m.user, m.headers, m.contentType, m.cursor, m.sameCursor, m.orderingKey);
    out.push(m.dueAt, m.arrivedAt, m.processStartedAt);
    encodePayload(out, m.payload, seen);
  }
}

function decodeMessages(c: Cursor, seen: PayloadCopy[]): MessageCopy[] {
  const messages: MessageCopy[] = [];
  for (let left = c.next<number>(); left > 0; left--)
    messages.push({
      id: c.next(),
      queue: c.next(),
      held: c.next(),
      parent: c.next(),
      user: c.next(),
      headers: c.next(),
      contentType: c.next(),
      cursor: c.next(),
      sameCursor: c.next(),
      orderingKey: c.next(),
      dueAt: c.next(),
      arrivedAt: c.next(),
      processStartedAt: c.next(),
      payload: decodePayload(c, seen),
    });
  return messages;
}

/** Content that several messages share is written once; after that its number stands for it. */
function encodePayload(out: Flat, payload: PayloadCopy, seen: PayloadCopy[]): void {
  const known = seen.indexOf(payload);
  out.push(known);
  if (known >= 0) return;
  // Looking back is worth it for a few followers, not for thousands of items of their own.
  if (seen.length < 16) seen.push(payload);
  const { body } = payload;
  // JSON has no bytes: they stand as a list with one text.
  out.push(payload.row, body instanceof Uint8Array ? [Buffer.from(body).toString('base64')] : body);
  out.push(payload.blob, payload.bytes);
}

function decodePayload(c: Cursor, seen: PayloadCopy[]): PayloadCopy {
  const known = c.next<number>();
  if (known >= 0) return seen[known]!;
  const row = c.next<number | null>();
  const body = c.next<string | [string] | null>();
  const payload: PayloadCopy = {
    row,
    body: Array.isArray(body) ? Buffer.from(body[0], 'base64') : body,
    blob: c.next(),
    bytes: c.next(),
  };
  if (seen.length < 16) seen.push(payload);
  return payload;
}

export function encodeReply({ results }: Reply): Flat {
  const out: Flat = [];
  for (const result of results) {
    if (
      'failed' in result ||
      result.ok.kind !== 'ok' ||
      result.ok.ids ||
      result.ok.also ||
      result.ok.limitKey ||
      result.ok.count !== undefined
    ) {
      out.push(OTHER, result);
      continue;
    }
    const { ended, positions = [], payloads = [], ready = [], nextDue } = result.ok;
    out.push(COMMIT, ended ?? null, nextDue ?? null, positions.length);
    if (positions.length > FEW) out.push(positions, payloads);
    else for (let i = 0; i < positions.length; i++) out.push(positions[i], payloads[i]);
    out.push(ready.length === 0 ? null : ready);
  }
  return out;
}

export function decodeReply(list: Flat): Reply {
  const c = new Cursor(list);
  const results: Reply['results'][number][] = [];
  while (!c.done) {
    if (c.next<number>() === OTHER) {
      results.push(c.next());
      continue;
    }
    const ended = c.next<ProcessStatus | null>();
    const nextDue = c.next<number | null>();
    const count = c.next<number>();
    let positions: number[] = [];
    let payloads: number[] = [];
    if (count > FEW) {
      positions = c.next();
      payloads = c.next();
    } else
      for (let i = 0; i < count; i++) {
        positions.push(c.next());
        payloads.push(c.next());
      }
    const ready = c.next<readonly MessageRow[] | null>() ?? NONE;
    results.push({ ok: { kind: 'ok', ended, nextDue, positions, payloads, ready } });
  }
  return { results };
}
