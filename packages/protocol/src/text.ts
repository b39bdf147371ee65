// Door of text as bytes, apart for those who need nothing else of the wire: threads of a store.

/**
 * Text of as many bytes as characters is ASCII, which is copied several times faster than it is encoded.
 * @param bytes  its length in UTF-8
 */
export const encodingOf = (text: string, bytes: number): 'latin1' | 'utf8' =>
  text.length === bytes ? 'latin1' : 'utf8';

/**
 * Text as the UTF-8 it came as or is stored as, somewhere in a larger piece of memory. It becomes a string only where one
 * is needed.
 */
export class TextBytes {
  readonly #of: Uint8Array;
  readonly #start: number;
  readonly #end: number;

  constructor(of: Uint8Array, start: number, end: number) {
    this.#of = of;
    this.#start = start;
    this.#end = end;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** A view, not a copy. */
  bytes(): Uint8Array {
    return this.#of.subarray(this.#start, this.#end);
  }

  toString(): string {
    return Buffer.from(this.#of.buffer, this.#of.byteOffset + this.#start, this.length).toString();
  }
}

/**
 * Write text or bytes into a larger piece of memory.
 * @param bytes  its length there
 * @returns where the next one goes
 */
export function writeAt(memory: Buffer, at: number, body: string | TextBytes | Uint8Array, bytes: number): number {
  if (typeof body === 'string') memory.write(body, at, encodingOf(body, bytes));
  else memory.set(body instanceof TextBytes ? body.bytes() : body, at);
  return at + bytes;
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
  const lengths = bodies.map((body) => (isGathered(body) ? Buffer.byteLength(body) : 0));
  const memory = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  return bodies.map((body, index) => {
    if (!isGathered(body)) return body;
    const start = at;
    at = writeAt(memory, at, body, lengths[index]!);
    return new TextBytes(memory, start, at);
  });
}

const isGathered = (body: unknown): body is string => typeof body === 'string' && body.length <= MAX_GATHERED;
