// Groups on their way between the threads, and into the redo log: what the operations are as one flat list of plain
// values in JSON text, and the contents they carry as bytes, one after the other.
//
// What nearly all operations of a group have in common, such as names of queues and users, is said once: such a word is
// the number of its place among the words of the group. What follows from its surroundings is null. A log of an earlier
// version has all of it written out, which reads the same.
//
// Copying objects between threads costs more than writing their rows does: names of members travel with every object.
// Text is copied at the speed of memory. Contents stay outside the heap, where nothing has to be moved or swept while they
// wait to be written. Only the two operations and the answer that every message causes are written out here, and what may
// carry much, data of connectors; the rare ones travel as they are.

import { Bodies, type Held, TextBytes } from '@sluice/protocol/text';
import { processOf } from '../../core/message.ts';
import type { ProcessStatus } from '../../core/step.ts';
import {
  type AcceptOp,
  type ChainOp,
  type CommitExtras,
  type CommitOp,
  type DataOp,
  MAX_SHARED,
  type MessageCopy,
  type MessageRow,
  type Op,
  type OpResult,
  type PayloadCopy,
  type Reply,
  type Several,
} from './operations.ts';

type Flat = unknown[];

const ACCEPT = 1;
const COMMIT = 2;
const OTHER = 3;
const DATA = 4;
const CHAIN = 5;
/** A step in the middle of a chain that went as steps do. */
const PASSED = 6;
/** Before the operations: the words of the group. */
const WORDS = 7;
/** Up to here the parts of a list are written out one by one; longer ones travel as lists. */
const FEW = 1_000;
const NONE: readonly never[] = [];
const NOTHING = Buffer.alloc(0);
/** In place of a parent: the message that the step consumes. */
const SAME = 0;
/** What a step in the middle emitted is consumed by the next one: nobody needs to know where it stood. */
const PASSED_RESULT: OpResult = {
  kind: 'ok',
  ended: null,
  nextDue: null,
  positions: NONE,
  payloads: NONE,
  ready: NONE,
};

/** A group of operations. */
export interface Group {
  readonly text: string;
  /** In parts. Those that are not shared memory are given away with the group. */
  readonly contents: readonly Uint8Array[];
}

/** How content stands in the list: not at all, or as so many of the bytes that come next. */
const NO_CONTENT = 0;
const TEXT = 1;
const BYTES = 2;

class Encoder {
  readonly #words: string[] = [];
  readonly #places = new Map<string, number>();
  readonly list: Flat = [WORDS, this.#words];
  readonly #bodies = new Bodies();

  /** The place of a word; null as it is. */
  word(word: string | null): number | null {
    if (word === null) return null;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.#words.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }

  body(body: PayloadCopy['body']): void {
    if (body === null) {
      this.list.push(NO_CONTENT);
      return;
    }
    this.list.push(body instanceof Uint8Array ? BYTES : TEXT, this.#bodies.add(body));
  }

  group(): Group {
    return { text: JSON.stringify(this.list), contents: this.#bodies.parts() };
  }
}

/** Reads a group from front to back. */
class Cursor {
  readonly #list: Flat;
  readonly #contents: Held;
  readonly #held: Held;
  #words: readonly string[] = NONE;
  #at = 0;
  #contentAt = 0;

  constructor(text: string, contents: Held, held: Held) {
    this.#list = JSON.parse(text) as Flat;
    this.#contents = contents;
    this.#held = held;
    if (this.#list[0] !== WORDS) return;
    this.#words = this.#list[1] as string[];
    this.#at = 2;
  }

  get done(): boolean {
    return this.#at >= this.#list.length;
  }

  next<T>(): T {
    return this.#list[this.#at++] as T;
  }

  word<T extends string | null>(): T {
    const word = this.next<number | string | null>();
    return (typeof word === 'number' ? this.#words[word] : word) as T;
  }

  body(): PayloadCopy['body'] {
    const kind = this.next<number>();
    if (kind === NO_CONTENT) return null;
    const start = this.#contentAt;
    this.#contentAt += this.next<number>();
    if (kind === TEXT) return new TextBytes(this.#held, start, this.#contentAt);
    const bytes = this.#contents.subarray(start, this.#contentAt);
    return this.#held === this.#contents ? bytes : Buffer.from(bytes);
  }
}

/** Contents as if they were in one part; none of them stands in two. */
export function joined(parts: readonly Uint8Array[]): Held {
  if (parts.length === 1) return parts[0]!;
  return {
    subarray(start, end) {
      let at = 0;
      for (const part of parts) {
        if (start < at + part.length) return part.subarray(start - at, end - at);
        at += part.length;
      }
      return NOTHING;
    },
  };
}

export function encodeOps(ops: Iterable<Op>): Group {
  const e = new Encoder();
  for (const op of ops) {
    if (op.op === 'accept') encodeAccept(e, op);
    else if (op.op === 'commit') {
      e.list.push(COMMIT);
      encodeCommit(e, op, []);
    } else if (op.op === 'chain') encodeChain(e, op);
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
    if (kind === ACCEPT) ops.push(decodeAccept(cursor));
    else if (kind === COMMIT) ops.push(decodeCommit(cursor, []));
    else if (kind === CHAIN) ops.push(decodeChain(cursor));
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
    encodeCommit(e, step, seen, before);
    before = step;
  }
}

function decodeChain(c: Cursor): ChainOp {
  const seen: PayloadCopy[] = [];
  const steps: CommitOp[] = [];
  let before: CommitOp | null = null;
  for (let left = c.next<number>(); left > 0; left--) {
    before = decodeCommit(c, seen, before);
    steps.push(before);
  }
  return { op: 'chain', steps };
}

/** @param before  the step before it in a chain: what that one emitted alone is what this one consumes, and is not said again */
function encodeCommit(e: Encoder, op: CommitOp, seen: PayloadCopy[], before: CommitOp | null = null): void {
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

function decodeCommit(c: Cursor, seen: PayloadCopy[], before: CommitOp | null = null): CommitOp {
  const id = c.next<string | null>() ?? onlyOf(before)!;
  const queue = c.word<string>();
  const processId =
    c.next<string | null>() ?? (before && isOf(id, before.processId) ? before.processId : processOf(id));
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

/** Id of the one message that a step emitted; null when it is another number. */
function onlyOf(step: CommitOp | null): string | null {
  if (step?.emitted.length !== 1) return null;
  for (const { id } of step.emitted) return id;
  return null;
}

/** Is this `processOf` the message? Told without making a text of it. */
const isOf = (id: string, processId: string): boolean =>
  id.indexOf('.') === processId.length && id.startsWith(processId);

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
  const payload: PayloadCopy = { row: c.next(), body: c.body(), blob: c.next(), bytes: c.next() };
  if (seen.length < MAX_SHARED) seen.push(payload);
  return payload;
}

export function encodeReply({ results }: Reply): Flat {
  const out: Flat = [];
  for (const result of results)
    if ('failed' in result) out.push(OTHER, result);
    else if (result.ok.steps) {
      const { steps } = result.ok;
      out.push(CHAIN, steps.length);
      for (const [index, step] of steps.entries())
        if (index < steps.length - 1 && isPlain(step)) out.push(PASSED);
        else encodeResult(out, step);
    } else encodeResult(out, result.ok);
  return out;
}

const isPlain = ({ kind, ended, also, ready = NONE }: OpResult): boolean =>
  kind === 'ok' && !ended && !also && ready.length === 0;

function encodeResult(out: Flat, ok: OpResult): void {
  if (ok.kind !== 'ok' || ok.ids || ok.also || ok.limitKey || ok.count !== undefined) {
    out.push(OTHER, { ok });
    return;
  }
  const { ended, positions = [], payloads = [], ready = [], nextDue } = ok;
  out.push(COMMIT, ended ?? null, nextDue ?? null, positions.length);
  if (positions.length > FEW) out.push(positions, payloads);
  else for (let i = 0; i < positions.length; i++) out.push(positions[i], payloads[i]);
  out.push(ready.length === 0 ? null : ready);
}

export function decodeReply(list: Flat): Reply {
  let at = 0;
  const next = <T>(): T => list[at++] as T;
  const read = (kind: number): Reply['results'][number] => {
    if (kind === OTHER) return next();
    if (kind === PASSED) return { ok: PASSED_RESULT };
    const ended = next<ProcessStatus | null>();
    const nextDue = next<number | null>();
    const count = next<number>();
    let positions: number[] = [];
    let payloads: number[] = [];
    if (count > FEW) {
      positions = next();
      payloads = next();
    } else
      for (let i = 0; i < count; i++) {
        positions.push(next());
        payloads.push(next());
      }
    const ready = next<readonly MessageRow[] | null>() ?? NONE;
    return { ok: { kind: 'ok', ended, nextDue, positions, payloads, ready } };
  };
  const results: Reply['results'][number][] = [];
  while (at < list.length) {
    const kind = next<number>();
    if (kind !== CHAIN) results.push(read(kind));
    else {
      const steps: OpResult[] = [];
      for (let left = next<number>(); left > 0; left--) steps.push((read(next()) as { ok: OpResult }).ok);
      results.push({ ok: { kind: 'ok', steps } });
    }
  }
  return { results };
}
