// Answers in memory, bounded by bytes; what was not asked for longest goes first.

export interface Kept {
  readonly bytes: number;
}

export class Memory<T extends Kept> {
  readonly #maxBytes: number;
  /** In the order of their last use. */
  readonly #byKey = new Map<string, T>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): T | undefined {
    const found = this.#byKey.get(key);
    if (!found) return undefined;
    this.#byKey.delete(key);
    this.#byKey.set(key, found);
    return found;
  }

  set(key: string, value: T): void {
    this.delete(key);
    if (value.bytes > this.#maxBytes) return;
    this.#byKey.set(key, value);
    this.#bytes += value.bytes;
    for (const [oldest, { bytes }] of this.#byKey) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#byKey.delete(oldest);
      this.#bytes -= bytes;
    }
  }

  delete(key: string): void {
    const found = this.#byKey.get(key);
    if (!found) return;
    this.#byKey.delete(key);
    this.#bytes -= found.bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }
}
