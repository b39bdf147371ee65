// Text as the bytes it is stored as, somewhere in a larger piece of memory. It becomes a string only where one is needed.

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
}
