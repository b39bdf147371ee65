// Door of text as bytes, apart for those who need nothing else of the wire: threads of a store.

import { isShared, LARGE_BYTES, ownMemory, sharedMemory } from './memory.ts';

/**
 * Text of as many bytes as characters is ASCII, which is copied several times faster than it is encoded.
 * @param bytes  its length in UTF-8
 */
export const encodingOf = (text: string, bytes: number): 'latin1' | 'utf8' =>
  text.length === bytes ? 'latin1' : 'utf8';

/** What texts stand in: memory, or what brings the bytes when somebody looks. */
export interface Held {
  /** The bytes from one place up to another. Nobody changes them, but where they are brought they are good until others are. */
  subarray(start: number, end: number): Uint8Array;
}

/**
 * Text as the UTF-8 it came as or is stored as, somewhere in something larger. It becomes a string only where one is
 * needed.
 */
export class TextBytes {
  readonly #of: Held;
  readonly #start: number;
  readonly #end: number;

  constructor(of: Held, start: number, end: number) {
    this.#of = of;
    this.#start = start;
    this.#end = end;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** This text and the next as one, when that one stands right behind it. */
  joined(next: TextBytes): TextBytes | null {
    return next.#of === this.#of && next.#start === this.#end ? new TextBytes(this.#of, this.#start, next.#end) : null;
  }

  /** A view, not a copy, as good as what the text stands in. */
  bytes(): Uint8Array {
    return this.#of.subarray(this.#start, this.#end);
  }

  toString(): string {
    const { buffer, byteOffset, length } = this.bytes();
    return Buffer.from(buffer, byteOffset, length).toString();
  }
}

/** A body while nobody looks into it: text, text as bytes, or bytes that are no text. */
export type KeptBody = string | TextBytes | Uint8Array;

/** Length of a body in bytes as it would be written to a socket. */
export function bodyBytes(body: KeptBody): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}

/** Bodies one behind the other. */
export class Bodies {
  /** Texts that stand one behind the other already are one. */
  readonly #bodies: KeptBody[] = [];
  readonly #lengths: number[] = [];
  #bytes = 0;

  /** Length of all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @returns its length */
  add(body: KeptBody): number {
    const bytes = bodyBytes(body);
    this.#bytes += bytes;
    if (body instanceof TextBytes && this.#join(body)) return bytes;
    this.#bodies.push(body);
    this.#lengths.push(bytes);
    return bytes;
  }

  writeTo(memory: Buffer, start = 0): void {
    this.#write(memory, start, 0, this.#bodies.length);
  }

  /** In pieces that can be given away: what stands together in shared memory is not copied. */
  parts(): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let from = 0;
    let bytes = 0;
    const copyUpTo = (to: number): void => {
      if (bytes > 0) {
        const memory = ownMemory(bytes);
        this.#write(memory, 0, from, to);
        parts.push(memory);
      }
      from = to + 1;
      bytes = 0;
    };
    for (let index = 0; index < this.#bodies.length; index++) {
      const length = this.#lengths[index]!;
      const together = length < LARGE_BYTES ? null : sharedBytes(this.#bodies[index]!);
      if (together) {
        copyUpTo(index);
        parts.push(together);
      } else bytes += length;
    }
    copyUpTo(this.#bodies.length);
    return parts;
  }

  #join(text: TextBytes): boolean {
    const index = this.#bodies.length - 1;
    const last = this.#bodies[index];
    const joined = last instanceof TextBytes ? last.joined(text) : null;
    if (!joined) return false;
    this.#bodies[index] = joined;
    this.#lengths[index] = joined.length;
    return true;
  }

  #write(memory: Buffer, start: number, from: number, to: number): void {
    let at = start;
    for (let index = from; index < to; index++) {
      const body = this.#bodies[index]!;
      const bytes = this.#lengths[index]!;
      if (typeof body === 'string') memory.write(body, at, encodingOf(body, bytes));
      else memory.set(body instanceof TextBytes ? body.bytes() : body, at);
      at += bytes;
    }
  }
}

/** Null when it would have to be copied for another thread. */
function sharedBytes(body: KeptBody): Uint8Array | null {
  const bytes = body instanceof TextBytes ? body.bytes() : body;
  return typeof bytes !== 'string' && isShared(bytes) ? bytes : null;
}

/** From so many texts on it is worth to keep them in one piece of memory. */
export const MANY_TEXTS = 256;
/** Text of more characters stays what it is: there is little to gain by moving it. */
const MAX_GATHERED = 8 * 1024;

/**
 * Many texts in one piece of memory outside the heap: thousands of strings that all wait would be copied by every
 * collection of garbage that they outlive.
 * @returns in the order of the bodies; what is no string, or a long one, as it is
 */
export function gathered<T>(bodies: readonly (T | string)[]): (T | string | TextBytes)[] {
  const texts = new Bodies();
  const ends = bodies.map((body) => (isGathered(body) ? texts.bytes + texts.add(body) : null));
  const memory = sharedMemory(texts.bytes);
  texts.writeTo(memory);
  let start = 0;
  return bodies.map((body, index) => {
    const end = ends[index] ?? null;
    if (end === null) return body;
    const kept = new TextBytes(memory, start, end);
    start = end;
    return kept;
  });
}

const isGathered = (body: unknown): body is string => typeof body === 'string' && body.length <= MAX_GATHERED;
