// Operations of a group, as values of its list and back.
//
// What nearly all operations of a group have in common, such as names of queues and users, is said once: such a word is
// the number of its place among the words of the group. What follows from its surroundings is null. Logs of earlier
// versions have more of it written out, which reads the same.
//
// Only the two operations that every message causes are written out, and what may carry much, data of connectors; the rare
// ones travel as they are.

import type { Held, TextBytes } from '@sluice/protocol/text';
import {
  type AcceptOp,
  type ChainOp,
  type CommitExtras,
  type CommitOp,
  type DataOp,
  MAX_SHARED,
  type MessageCopy,
  type Op,
  onlyOf,
  type PayloadCopy,
  type Several,
} from '../operations.ts';
import { Cursor, Encoder, type Group, joined } from './group.ts';
import {
  decodePlainStart,
  decodePlainStep,
  encodePlainStart,
  encodePlainStep,
  isOf,
  PLAIN_START,
  PLAIN_STEP,
  processIdOf,
} from './plain.ts';

const ACCEPT = 1;
const COMMIT = 2;
const OTHER = 3;
const DATA = 4;
/** Steps one behind the other; as versions before wrote them, which knew one kind of step. */
const LIKE_STEPS = 5;
/** The same, each with its kind. */
const CHAIN = 11;
/** In place of a parent: the message that the step consumes. */
const SAME = 0;

export function encodeOps(ops: Iterable<Op>): Group {
  const e = new Encoder();
  for (const op of ops) {
    if (op.op === 'accept') {
      if (!encodePlainStart(e, op)) encodeAccept(e, op);
    } else if (op.op === 'commit') encodeStep(e, op, [], null);
    else if (op.op === 'chain') encodeChain(e, op);
    else if (op.op === 'data') encodeData(e, op);
    else e.list.push(OTHER, op);
  }
  return e.group();
}

/** @param held  where texts are looked for from now on, when the contents do not stay */
export function decodeOps({ text, contents }: Group, held: Held = joined(contents)): Op[] {
  const cursor = new Cursor(text, joined(contents), held);
  const ops: Op[] = [];
  while (!cursor.done) {
    const kind = cursor.next<number>();
    if (kind === PLAIN_START) ops.push(decodePlainStart(cursor));
    else if (kind === PLAIN_STEP || kind === COMMIT) ops.push(decodeStep(cursor, kind, [], null));
    else if (kind === CHAIN) ops.push(decodeChain(cursor, null));
    else if (kind === ACCEPT) ops.push(decodeAccept(cursor));
    else if (kind === LIKE_STEPS) ops.push(decodeChain(cursor, COMMIT));
    else if (kind === DATA) ops.push(decodeData(cursor));
    else ops.push(cursor.next<Op>());
  }
  return ops;
}

function encodeAccept(e: Encoder, op: AcceptOp): void {
  const seen: PayloadCopy[] = [];
  e.list.push(
    ACCEPT,
    op.processId,
    e.word(op.topology),
    op.version,
    e.word(op.startNode),
    e.word(op.startQueue),
    e.word(op.user),
    op.at,
    op.idempotencyKey,
  );
  e.list.push(op.bodyDigest, op.replayOf, e.word(op.headers), e.word(op.contentType));
  encodePayload(e, op.payload, seen);
  encodeMessages(e, op.emitted, null, op.at, seen);
  e.list.push(op.extras);
}

function decodeAccept(c: Cursor): AcceptOp {
  const seen: PayloadCopy[] = [];
  const processId = c.next<string>();
  const topology = c.word<string>();
  const version = c.next<number>();
  const startNode = c.word<string>();
  const startQueue = c.word<string>();
  const user = c.word<string>();
  const at = c.next<number>();
  return {
    op: 'accept',
    processId,
    topology,
    version,
    startNode,
    startQueue,
    user,
    at,
    idempotencyKey: c.next(),
    bodyDigest: c.next(),
    replayOf: c.next(),
    headers: c.word(),
    contentType: c.word(),
    payload: decodePayload(c, seen),
    emitted: decodeMessages(c, null, at, seen),
    extras: c.next(),
  };
}

function encodeChain(e: Encoder, { steps }: ChainOp): void {
  const seen: PayloadCopy[] = [];
  e.list.push(CHAIN, steps.length);
  let before: CommitOp | null = null;
  for (const step of steps) {
    encodeStep(e, step, seen, before);
    before = step;
  }
}

/** @param kind  of all steps, when none says its own */
function decodeChain(c: Cursor, kind: number | null): ChainOp {
  const seen: PayloadCopy[] = [];
  const steps: CommitOp[] = [];
  let before: CommitOp | null = null;
  for (let left = c.next<number>(); left > 0; left--) {
    before = decodeStep(c, kind ?? c.next(), seen, before);
    steps.push(before);
  }
  return { op: 'chain', steps };
}

function encodeStep(e: Encoder, op: CommitOp, seen: PayloadCopy[], before: CommitOp | null): void {
  if (encodePlainStep(e, op, seen, before)) return;
  e.list.push(COMMIT);
  encodeCommit(e, op, seen, before);
}

const decodeStep = (c: Cursor, kind: number, seen: PayloadCopy[], before: CommitOp | null): CommitOp =>
  kind === PLAIN_STEP ? decodePlainStep(c, seen, before) : decodeCommit(c, seen, before);

/** @param before  the step before it in a chain: what that one emitted alone is what this one consumes, and is not said again */
function encodeCommit(e: Encoder, op: CommitOp, seen: PayloadCopy[], before: CommitOp | null): void {
  const { move, delta } = op;
  const processId = isOf(op.id, op.processId) ? null : op.processId;
  e.list.push(
    op.id === onlyOf(before) ? null : op.id,
    e.word(op.queue),
    processId,
    op.orderingKey,
    op.from,
    op.attempt,
    op.at,
    op.durationMs,
  );
  e.list.push(delta.total, delta.done, delta.failed, delta.open);
  // The usual move needs two words; the others are rare and travel whole.
  if (move.to === 'done') e.list.push(e.word(move.result), move.reason);
  else if (move.to === 'queue') {
    const { payload, ...rest } = move;
    e.list.push(null, rest);
    encodePayload(e, payload, seen);
  } else e.list.push(null, move);
  e.list.push(op.answer?.text ?? null);
  if (op.answer) encodePayload(e, op.answer.payload, seen);
  encodeExtras(e, op.extras);
  encodeMessages(e, op.emitted, op.id, op.at, seen);
}

function decodeCommit(c: Cursor, seen: PayloadCopy[], before: CommitOp | null): CommitOp {
  const id = c.next<string | null>() ?? onlyOf(before)!;
  const queue = c.word<string>();
  const processId = c.next<string | null>() ?? processIdOf(id, before);
  const orderingKey = c.next<string | null>();
  const from = c.next<number>();
  const attempt = c.next<number>();
  const at = c.next<number>();
  return {
    op: 'commit',
    id,
    queue,
    processId,
    orderingKey,
    from,
    attempt,
    at,
    durationMs: c.next(),
    delta: { total: c.next(), done: c.next(), failed: c.next(), open: c.next() },
    move: decodeMove(c, seen),
    answer: decodeAnswer(c, seen),
    extras: decodeExtras(c),
    emitted: decodeMessages(c, id, at, seen),
  };
}

function decodeMove(c: Cursor, seen: PayloadCopy[]): CommitOp['move'] {
  const result = c.word<string | null>();
  const rest = c.next<unknown>();
  if (result !== null) return { to: 'done', result, reason: rest as string | null };
  const move = rest as CommitOp['move'];
  return move.to === 'queue' ? { ...move, payload: decodePayload(c, seen) } : move;
}

function encodeExtras(e: Encoder, extras: CommitOp['extras']): void {
  if (!extras) {
    e.list.push(null);
    return;
  }
  const { starts, ...rest } = extras;
  e.list.push(rest, starts.length);
  for (const start of starts) encodeAccept(e, start);
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

/**
 * @param consumed  the message they come from
 * @param at        when they were emitted
 */
function encodeMessages(
  e: Encoder,
  messages: Several<MessageCopy>,
  consumed: string | null,
  at: number,
  seen: PayloadCopy[],
): void {
  e.list.push(messages.length);
  // Apart from each other: code that goes over one kind of list is several times faster than code that goes over any.
  if (Array.isArray(messages))
    for (const message of messages as MessageCopy[]) encodeMessage(e, message, consumed, at, seen);
  else encodeMany(e, messages, consumed, at, seen);
}

function encodeMany(
  e: Encoder,
  messages: Iterable<MessageCopy>,
  consumed: string | null,
  at: number,
  seen: PayloadCopy[],
): void {
  for (const message of messages) encodeMessage(e, message, consumed, at, seen);
}

function encodeMessage(e: Encoder, m: MessageCopy, consumed: string | null, at: number, seen: PayloadCopy[]): void {
  const parent = m.parent === consumed ? SAME : m.parent;
  e.list.push(m.id, e.word(m.queue), m.held, parent, e.word(m.user), e.word(m.headers), e.word(m.contentType));
  e.list.push(m.cursor, m.sameCursor, m.orderingKey, m.dueAt);
  e.list.push(m.arrivedAt === at ? null : m.arrivedAt, m.processStartedAt === at ? null : m.processStartedAt);
  encodePayload(e, m.payload, seen);
}

function decodeMessages(c: Cursor, consumed: string | null, at: number, seen: PayloadCopy[]): MessageCopy[] {
  const messages: MessageCopy[] = [];
  for (let left = c.next<number>(); left > 0; left--)
    messages.push({
      id: c.next(),
      queue: c.word(),
      held: c.next(),
      parent: decodeParent(c, consumed),
      user: c.word(),
      headers: c.word(),
      contentType: c.word(),
      cursor: c.next(),
      sameCursor: c.next(),
      orderingKey: c.next(),
      dueAt: c.next(),
      arrivedAt: c.next<number | null>() ?? at,
      processStartedAt: c.next<number | null>() ?? at,
      payload: decodePayload(c, seen),
    });
  return messages;
}

function decodeParent(c: Cursor, consumed: string | null): string | null {
  const parent = c.next<string | null | typeof SAME>();
  return parent === SAME ? consumed : parent;
}

function encodeData(e: Encoder, { act, values }: DataOp): void {
  e.list.push(DATA, act, values.length);
  for (const value of values) e.body(value);
}

function decodeData(c: Cursor): DataOp {
  const act = c.next<DataOp['act']>();
  const values: DataOp['values'][number][] = [];
  for (let left = c.next<number>(); left > 0; left--) values.push(c.body() as TextBytes);
  return { op: 'data', act, values };
}

/** Content that several messages share is written once; after that its number stands for it. */
function encodePayload(e: Encoder, payload: PayloadCopy, seen: PayloadCopy[]): void {
  const known = seen.indexOf(payload);
  e.list.push(known);
  if (known >= 0) return;
  if (seen.length < MAX_SHARED) seen.push(payload);
  e.list.push(payload.row);
  e.body(payload.body);
  e.list.push(payload.blob, payload.bytes);
}

function decodePayload(c: Cursor, seen: PayloadCopy[]): PayloadCopy {
  const known = c.next<number>();
  if (known >= 0) return seen[known]!;
  const payload: PayloadCopy = { row: c.next(), body: c.body(), blob: c.next(), bytes: c.next(), newRow: undefined };
  if (seen.length < MAX_SHARED) seen.push(payload);
  return payload;
}
