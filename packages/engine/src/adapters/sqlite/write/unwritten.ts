// What happened since the last commit and is in no table yet: processes that began, messages that entered, and which of
// these are finished already.
//
// Under load a message is taken from its queue within milliseconds, and a process is through before anybody could read
// its rows. Written at the commit, such a message needs no row that changes, no place in an index of what is alive, and
// shares one row with the others of its process (a trail). The redo log holds all of it meanwhile.
//
// Only plain messages are here: no ordering key, no due time, nothing held. A step that does anything else with one, and
// every operation but starts and steps, finds the tables complete, because it flushes first.

import { Bodies, TextBytes } from '@sluice/protocol/text';
import { ShortLived } from '../../../core/short-lived.ts';
import { type AcceptOp, type CommitOp, type MessageCopy, onlyOf, type PayloadCopy } from '../operations.ts';
import type { Counts } from '../process-counts.ts';
import { STATE } from '../schema.ts';
import { placeInTrail, type TrailStep } from '../trail.ts';
import { type Entered, insertMessage, insertProcess, READY } from './rows.ts';
import type { Tables } from './tables.ts';

/** Finished messages of one process that are written as one trail; a trail is read as a whole. */
const MAX_TRAIL = 64;
/** Content kept in memory until it is written. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Longer content has a row of its own. */
const MAX_INLINE_BYTES = 8 * 1024;
/** Processes that are through are written so many at a time, or this part of them when they are many: they must not pile up. */
const ENDED_AT_ONCE = 16;
const ENDED_PARTS = 8;
/** A message costs about this much beside its body. */
const OVERHEAD_BYTES = 500;
/** Where the contents of most trails are put together. */
const scratch = Buffer.allocUnsafeSlow(MAX_TRAIL * 1024);

interface Content {
  readonly copy: PayloadCopy;
  /** Messages that carry it, and processes that began with it. */
  carriers: number;
}

interface Finished {
  readonly entered: Entered;
  readonly op: CommitOp;
  readonly result: string;
  readonly reason: string | null;
}

interface Begun {
  readonly op: AcceptOp;
  readonly payload: number;
  end: { readonly counts: Counts; readonly at: number } | null;
  answer: { readonly text: string; readonly payload: number } | null;
}

/** What is here of one process. */
interface OfProcess {
  /** Null when its row is in the table. */
  readonly begun: Begun | null;
  readonly finished: Finished[];
}

/** Where messages went that entered together. */
export interface Places {
  readonly positions: number[];
  readonly payloads: number[];
  /** When the first of them is due that has to wait. */
  readonly nextDue: number | null;
}

type Consumed = Extract<CommitOp['move'], { to: 'done' }>;

export class Unwritten {
  readonly #tables: Tables;
  readonly #processes = new ShortLived<string, OfProcess>();
  readonly #starts = new Map<string, AcceptOp>();
  readonly #entered = new ShortLived<string, Entered>();
  /** Processes that began and ended here. */
  #ended: string[] = [];
  /** Content by the row that it has when it is written, told from the first of them: rows are numbered one by one. */
  #contents: (Content | undefined)[] = [];
  #firstContent = 0;
  #bytes = 0;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Messages that are here. */
  get messages(): number {
    return this.#entered.size;
  }

  get isFull(): boolean {
    return this.#bytes > MAX_BYTES;
  }

  /** The transaction was undone. */
  forget(): void {
    this.#processes.clear();
    this.#starts.clear();
    this.#entered.clear();
    this.#ended = [];
    this.#contents = [];
    this.#bytes = 0;
  }

  /** The message of this id is here, and in no table. */
  has(id: string): boolean {
    return this.#entered.has(id);
  }

  /** May this step go the plain way: a message that is here is consumed, and what it emits is plain too? */
  takesStep(op: CommitOp): boolean {
    return this.#entered.has(op.id) && goesPlain(op);
  }

  /** The same of steps of which each consumes the one message that the one before it emitted. */
  takesChain(ops: readonly CommitOp[]): boolean {
    if (!this.takesStep(ops[0]!)) return false;
    for (let index = 1; index < ops.length; index++) {
      const op = ops[index]!;
      const before = ops[index - 1]!;
      if (op.id !== onlyOf(before) || op.processId !== before.processId) return false;
      if (op.attempt !== 0 || before.answer || !goesPlain(op)) return false;
    }
    return true;
  }

  /** A start with this key since the last commit. */
  startWith(topology: string, idempotencyKey: string): AcceptOp | undefined {
    return this.#starts.get(`${topology} ${idempotencyKey}`);
  }

  begin(op: AcceptOp): void {
    const begun = { op, payload: this.#carried(op.payload), end: null, answer: null };
    this.#processes.set(op.processId, { begun, finished: [] });
    if (op.idempotencyKey !== null) this.#starts.set(startKey(op), op);
  }

  /**
   * @param ops  one step, or the steps of a chain: what is between two of them nobody else sees
   * @returns where the messages went that the last one emitted; null when the fence held the first one back
   */
  consume(ops: readonly CommitOp[]): Places | null {
    const first = ops[0]!;
    // It was never parked, so it is on its first attempt.
    if (first.attempt !== 0) return null;
    const { finished } = this.#ofProcess(first.processId);
    let entered = this.#entered.take(first.id)!;
    for (let index = 0; ; index++) {
      const op = ops[index]!;
      const { result, reason } = op.move as Consumed;
      finished.push({ entered, op, result, reason });
      this.#tables.flow(entered.queue).finished++;
      if (index === ops.length - 1) return this.enter(op.emitted, op.at);
      for (const copy of op.emitted) entered = this.#placed(copy, op.at);
    }
  }

  /** Messages that are plain enter their queues. */
  enter(messages: Iterable<MessageCopy>, at: number): Places {
    const positions: number[] = [];
    const payloads: number[] = [];
    for (const copy of messages) {
      if (this.#entered.has(copy.id)) throw new Error(`message ${copy.id} is there already`);
      const entered = this.#placed(copy, at);
      this.#entered.set(copy.id, entered);
      positions.push(entered.pos);
      payloads.push(entered.payload);
    }
    return { positions, payloads, nextDue: null };
  }

  #placed(copy: MessageCopy, at: number): Entered {
    const t = this.#tables;
    const queue = t.queue(copy.queue);
    const payload = this.#carried(copy.payload);
    const pos = t.nextPos();
    this.#bytes += OVERHEAD_BYTES;
    t.flow(queue).emitted++;
    return { copy, queue, seq: t.nextSeq(), pos, at, payload };
  }

  #ofProcess(id: string): OfProcess {
    let of = this.#processes.get(id);
    if (!of) {
      of = { begun: null, finished: [] };
      this.#processes.set(id, of);
    }
    return of;
  }

  /** A process answered. @returns false when its row is in the table and has to be changed there */
  answer(process: string, text: string, payload: PayloadCopy): boolean {
    const begun = this.#processes.get(process)?.begun;
    if (!begun) return false;
    begun.answer = { text, payload: this.#content(payload) };
    return true;
  }

  /** A process ended. @returns false when its row is in the table and has to be changed there */
  end(id: string, counts: Counts, at: number | null): boolean {
    const begun = this.#processes.get(id)?.begun;
    if (!begun || at === null) return false;
    begun.end = { counts, at };
    this.#ended.push(id);
    return true;
  }

  /** Write everything into the tables. */
  flush(): void {
    for (const [, { begun, finished }] of this.#processes) if (begun) this.#writeProcess(begun, finished);
    for (const [, entered] of this.#entered) this.#writeEntered(entered);
    for (const [process, { begun, finished }] of this.#processes)
      if (!begun?.end && finished.length > 0) this.#writeFinished(process, finished);
    this.forget();
  }

  /** Write so many of the messages that entered first. @returns whether there are more */
  flushEntered(max: number): boolean {
    let left = max;
    for (const [id, entered] of this.#entered) {
      if (left-- === 0) return true;
      this.#entered.take(id);
      this.#bytes -= OVERHEAD_BYTES;
      this.#writeEntered(entered);
    }
    return false;
  }

  /**
   * Write some of the processes that are through, of which nothing changes any more. Done while nobody waits, it keeps the
   * commit, during which nobody is answered, short.
   * @returns whether there are more
   */
  flushEnded(): boolean {
    for (const id of this.#ended.splice(0, Math.max(ENDED_AT_ONCE, Math.ceil(this.#ended.length / ENDED_PARTS)))) {
      const of = this.#processes.take(id);
      if (!of?.begun) continue;
      const { begun, finished } = of;
      if (begun.op.idempotencyKey !== null) this.#starts.delete(startKey(begun.op));
      this.#writeProcess(begun, finished);
    }
    return this.#ended.length > 0;
  }

  /** Row that the content has, or will have when it is written. */
  #content(copy: PayloadCopy): number {
    if (copy.row !== null) return copy.row;
    let row = copy.newRow;
    if (row === undefined) {
      row = this.#tables.nextPayload();
      copy.newRow = row;
      if (this.#contents.length === 0) this.#firstContent = row;
      this.#contents[row - this.#firstContent] = { copy, carriers: 0 };
      this.#bytes += copy.bytes;
    }
    return row;
  }

  /** The same for one more that carries it. */
  #carried(copy: PayloadCopy): number {
    const row = this.#content(copy);
    const content = this.#unwrittenContent(row);
    if (content) content.carriers++;
    return row;
  }

  /** Content that somebody needs in the table. */
  writeContent(row: number): void {
    const content = this.#takeContent(row);
    if (content) this.#tables.insertPayload(row, content.copy);
  }

  /** Content that stands in the trail itself from now on: short text that nobody else carries. */
  #inline(row: number, carriers: number): TextBytes | null {
    const content = this.#unwrittenContent(row);
    if (content?.carriers !== carriers || content.copy.bytes > MAX_INLINE_BYTES) return null;
    if (!(content.copy.body instanceof TextBytes)) return null;
    this.#takeContent(row);
    return content.copy.body;
  }

  #unwrittenContent(row: number): Content | undefined {
    return row < this.#firstContent ? undefined : this.#contents[row - this.#firstContent];
  }

  #takeContent(row: number): Content | undefined {
    const content = this.#unwrittenContent(row);
    if (!content) return undefined;
    this.#contents[row - this.#firstContent] = undefined;
    this.#bytes -= content.copy.bytes;
    return content;
  }

  /** With its finished messages when it is through. */
  #writeProcess({ op, payload, end, answer }: Begun, finished: readonly Finished[]): void {
    if (answer) this.writeContent(answer.payload);
    // To the trail of a process that is through nothing is added: it can hold what the process began with.
    const place = end && finished.length > 0 ? this.#writeFinished(op.processId, finished, payload) : null;
    if (place === null) this.writeContent(payload);
    insertProcess(this.#tables, op, place ?? payload, end, answer);
  }

  #writeEntered(entered: Entered): void {
    this.writeContent(entered.payload);
    insertMessage(this.#tables, entered, READY);
  }

  /**
   * @param origin  row of what the process began with, when that may stand in the trail
   * @returns where it stands then
   */
  #writeFinished(process: string, finished: readonly Finished[], origin: number | null = null): number | null {
    this.#bytes -= finished.length * OVERHEAD_BYTES;
    if (finished.length <= MAX_TRAIL) return this.#writeTrail(process, finished, origin);
    this.#writeRows(finished);
    return null;
  }

  #writeRows(finished: readonly Finished[]): void {
    for (const { entered, op, result, reason } of finished) {
      this.writeContent(entered.payload);
      const { at, durationMs, emitted } = op;
      insertMessage(this.#tables, entered, {
        state: STATE.done,
        at,
        durationMs,
        emitted: emitted.length,
        result,
        reason,
      });
    }
  }

  #writeTrail(process: string, finished: readonly Finished[], origin: number | null): number | null {
    let place: number | null = null;
    let emitted = 0;
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    const texts = new Bodies();
    const steps: TrailStep[] = [];
    for (const { entered, op, result, reason } of finished) {
      const { copy, seq, queue, payload } = entered;
      const text = this.#inline(payload, payload === origin ? 2 : 1);
      if (text === null) this.writeContent(payload);
      else if (payload === origin) place = placeInTrail(steps.length);
      // In one piece: a list that is put together of others is made four times.
      // biome-ignore format: the order is that of TrailStep
      steps.push([
        seq, copy.id, queue, copy.parent, copy.user, copy.headers, copy.contentType, 0, copy.cursor, copy.sameCursor,
        copy.arrivedAt, copy.processStartedAt, op.at, op.durationMs, op.emitted.length, result, reason,
        text === null ? payload : [texts.bytes, texts.add(text)],
      ]);
      emitted += op.emitted.length;
      first = Math.min(first, seq);
      last = Math.max(last, seq);
    }
    // SQLite copies it: most trails need no memory of their own.
    const contents = texts.bytes <= scratch.length ? scratch.subarray(0, texts.bytes) : Buffer.allocUnsafe(texts.bytes);
    texts.writeTo(contents);
    this.#tables
      .sql('INSERT INTO trail (process, first, last, count, emitted, steps, contents) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .get(process, first, last, steps.length, emitted, JSON.stringify(steps), contents);
    return place;
  }
}

const goesPlain = ({ move, from, extras, emitted, at }: CommitOp): boolean =>
  move.to === 'done' && from === STATE.ready && extras === null && arePlain(emitted, at);

const startKey = ({ topology, idempotencyKey }: AcceptOp): string => `${topology} ${idempotencyKey}`;

/** Nothing has to be looked up for them, and they can run at once. */
export function arePlain(messages: Iterable<MessageCopy>, now: number): boolean {
  for (const { held, orderingKey, dueAt } of messages)
    if (held !== null || orderingKey !== null || (dueAt !== null && dueAt > now)) return false;
  return true;
}
