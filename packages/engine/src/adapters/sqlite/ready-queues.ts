// The heads of the ready queues, in the memory of the only process that claims from them.
//
// A queue keeps its next messages here, content included, so that a message goes from step to step without being read
// back. What does not fit stays on disk only and is read again, in order of position, when the memory of its queue
// is used up. Positions grow with every message that becomes ready, so "everything after the last one I loaded" is exact.

import { bytesInMemory, type Message } from '../../core/message.ts';

/** Kept in memory over all queues. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Kept for one queue, so that nobody's backlog takes the room of all others; ten thousand messages of 1 KB fit. */
const MAX_QUEUE_BYTES = 20 * 1024 * 1024;
/** A message costs about this much beside its body. */
const OVERHEAD_BYTES = 700;
/** A backlog of so much has become old while it waited. It is gone when next to nothing is left of it. */
const BACKLOG_BYTES = 8 * 1024 * 1024;
const REST_BYTES = 256 * 1024;

interface Entry {
  readonly message: Message;
  readonly pos: number;
}

class ReadyQueue {
  /** Places before the head are empty: what was taken is not kept alive. */
  entries: (Entry | undefined)[] = [];
  /** Index of the first entry that was not taken. */
  head = 0;
  /** Position of the last message loaded into memory. */
  loaded = 0;
  /** Position of the last message known to be ready; beyond `loaded` it is on disk only. */
  last = 0;
  /** Positions beyond `loaded` that are taken: their messages never come from disk. */
  readonly kept = new Set<number>();
  bytes = 0;

  get length(): number {
    return this.entries.length - this.head;
  }

  /** What is there, first to last. */
  waiting(): Entry[] {
    return this.entries.slice(this.head) as Entry[];
  }

  take(max: number): Entry[] {
    const taken = this.entries.slice(this.head, this.head + max) as Entry[];
    this.entries.fill(undefined, this.head, this.head + taken.length);
    this.head += taken.length;
    if (this.head > 512 && this.head * 2 > this.entries.length) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
    return taken;
  }
}

export class ReadyQueues {
  readonly #queues = new Map<string, ReadyQueue>();
  readonly #worked: () => void;
  #bytes = 0;
  #backlog = false;

  /** @param worked  told when a backlog that took much memory was taken */
  constructor(worked: () => void = () => {}) {
    this.#worked = worked;
  }

  /** A message became ready at a position that is the largest so far. @returns whether it is kept in memory */
  push(message: Message, pos: number): boolean {
    const queue = this.#queue(message.queue);
    const spilled = queue.last > queue.loaded;
    queue.last = Math.max(queue.last, pos);
    if (spilled || pos <= queue.loaded || queue.bytes >= MAX_QUEUE_BYTES || this.#bytes >= MAX_BYTES) return false;
    this.#add(queue, { message, pos });
    return true;
  }

  /**
   * What was read from disk, in order of position, all beyond what `mark` said when the reading began.
   * @param last  as `mark` said: when nothing was read, nothing up to there is left, and what came later is not known
   */
  refill(name: string, entries: readonly Entry[], last: number): void {
    const queue = this.#queue(name);
    for (const entry of entries)
      if (queue.kept.has(entry.pos)) queue.loaded = Math.max(queue.loaded, entry.pos);
      else if (entry.pos > queue.loaded) this.#add(queue, entry);
    if (entries.length === 0) queue.loaded = Math.max(queue.loaded, last);
    for (const pos of queue.kept) if (pos <= queue.loaded) queue.kept.delete(pos);
  }

  /** A message became ready at a position that is the largest so far, and is taken already. */
  keep(name: string, pos: number): void {
    const queue = this.#queue(name);
    if (queue.last > queue.loaded) queue.kept.add(pos);
    else queue.loaded = Math.max(queue.loaded, pos);
    queue.last = Math.max(queue.last, pos);
  }

  unshift(message: Message, pos: number): void {
    const queue = this.#queue(message.queue);
    if (queue.head > 0) queue.entries[--queue.head] = { message, pos };
    else queue.entries.unshift({ message, pos });
    this.#weigh(queue, message, 1);
  }

  take(name: string, max: number): Entry[] {
    const queue = this.#queue(name);
    const taken = queue.take(max);
    for (const { message } of taken) this.#weigh(queue, message, -1);
    return taken;
  }

  /** Ready messages of this queue are on disk that are not in memory. */
  isSpilled(name: string): boolean {
    const queue = this.#queue(name);
    return queue.last > queue.loaded;
  }

  mark(name: string): { loaded: number; last: number } {
    const { loaded, last } = this.#queue(name);
    return { loaded, last };
  }

  /** Drop messages that were consumed by something else than a claim. */
  remove(ids: ReadonlySet<string>): void {
    for (const queue of this.#queues.values()) {
      const waiting = queue.waiting();
      const kept = waiting.filter(({ message }) => !ids.has(message.id));
      if (kept.length === queue.length) continue;
      for (const { message } of waiting) if (ids.has(message.id)) this.#weigh(queue, message, -1);
      queue.entries = kept;
      queue.head = 0;
    }
  }

  /** Mark what is on disk at a start. */
  announce(name: string, lastPos: number): void {
    const queue = this.#queue(name);
    queue.last = Math.max(queue.last, lastPos);
  }

  names(): Iterable<string> {
    return this.#queues.keys();
  }

  #add(queue: ReadyQueue, entry: Entry): void {
    queue.entries.push(entry);
    queue.loaded = Math.max(queue.loaded, entry.pos);
    this.#weigh(queue, entry.message, 1);
  }

  /** A message came (1) or went (-1). */
  #weigh(queue: ReadyQueue, { payload }: Message, sign: 1 | -1): void {
    const bytes = sign * (bytesInMemory(payload) + OVERHEAD_BYTES);
    queue.bytes += bytes;
    this.#bytes += bytes;
    if (this.#bytes > BACKLOG_BYTES) this.#backlog = true;
    else if (this.#backlog && this.#bytes < REST_BYTES) {
      this.#backlog = false;
      this.#worked();
    }
  }

  #queue(name: string): ReadyQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new ReadyQueue();
      this.#queues.set(name, queue);
    }
    return queue;
  }
}
