// A group as it travels: one flat list of plain values in JSON text, and the contents its operations carry as bytes, one
// after the other.
//
// Copying objects between threads costs more than writing their rows does: names of members travel with every object.
// Text is copied at the speed of memory. Contents stay outside the heap, where nothing has to be moved or swept while they
// wait to be written.

import { Bodies, type Held, TextBytes } from '@sluice/protocol/text';
import type { PayloadCopy } from '../operations.ts';

export type Flat = unknown[];

/** Before the operations: the words of the group. As versions before wrote it. */
const WORDS = 7;
/** Before the operations: the words of the group, and the time that others are told from. */
const HEAD = 8;
const SINCE_AT = 2;
export const NONE: readonly never[] = [];
const NOTHING = Buffer.alloc(0);

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

/** All plain starts and steps of one queue have this in common, most of the time. */
export type StartShape = readonly [
  topology: string,
  version: number,
  startNode: string,
  startQueue: string,
  user: string,
  headers: string,
  contentType: string,
  queue: string,
];
export type StepShape = readonly [
  queue: string,
  result: string,
  to: string | null,
  user: string | null,
  headers: string | null,
  contentType: string | null,
];
type Shapes<T> = Map<string, { readonly shape: T; readonly place: number }>;

export class Encoder {
  readonly #words: unknown[] = [];
  readonly #places = new Map<string, number>();
  #since: number | null = null;
  readonly list: Flat = [HEAD, this.#words, 0];
  readonly #bodies = new Bodies();
  /** What plain starts and steps have in common, by the queue they are of. */
  readonly starts: Shapes<StartShape> = new Map();
  readonly steps: Shapes<StepShape> = new Map();

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

  /** The place of what an operation of a queue has in common with others; those that come next may have it too. */
  shape<T>(known: Shapes<T>, queue: string, shape: T): number {
    const place = this.#words.push(shape) - 1;
    known.set(queue, { shape, place });
    return place;
  }

  /** A time in whole milliseconds, as what lies between it and the first of the group. */
  time(at: number): number {
    if (this.#since === null) {
      this.#since = at;
      this.list[SINCE_AT] = at;
    }
    return at - this.#since;
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
export class Cursor {
  readonly #list: Flat;
  readonly #contents: Held;
  readonly #held: Held;
  #words: readonly unknown[] = NONE;
  #since = 0;
  #at = 0;
  #contentAt = 0;

  constructor(text: string, contents: Held, held: Held) {
    this.#list = JSON.parse(text) as Flat;
    this.#contents = contents;
    this.#held = held;
    const [head, words, since] = this.#list;
    if (head !== HEAD && head !== WORDS) return;
    this.#words = words as unknown[];
    if (head === HEAD) this.#since = since as number;
    this.#at = head === HEAD ? SINCE_AT + 1 : SINCE_AT;
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

  shape<T>(): T {
    return this.#words[this.next<number>()] as T;
  }

  time(): number {
    return this.#since + this.next<number>();
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
