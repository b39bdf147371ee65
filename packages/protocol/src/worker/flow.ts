// Bodies over the link: binary frames `[id, 4 bytes][bytes]`, as many as the other side has room for. Who receives says how much
// it has used up, and the sender stops when a window is under way: neither side ever holds more, however large the body
// and however slow the reader. The same code on both sides.

/** Bytes of one body that may be under way. */
export const STREAM_WINDOW = 512 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Beside the binary frames, in both directions. */
export type StreamFrame =
  /** So many bytes were used up. */
  | { readonly t: 'stream.credit'; readonly id: number; readonly bytes: number }
  /** The body of the sender of this frame is complete. */
  | { readonly t: 'stream.end'; readonly id: number }
  /** The sender of this frame gives the whole exchange up. */
  | { readonly t: 'stream.abort'; readonly id: number; readonly reason: string };

export function chunkFrame(id: number, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + bytes.byteLength);
  new DataView(frame.buffer).setUint32(0, id);
  frame.set(bytes, 4);
  return frame;
}

/** @returns null when it is none */
export function readChunk(frame: Uint8Array): { id: number; bytes: Uint8Array } | null {
  if (frame.byteLength < 4) return null;
  return { id: new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0), bytes: frame.subarray(4) };
}

type Source = AsyncIterable<Uint8Array>;

/** Sends a body. */
export class Outflow {
  readonly #send: (chunk: Uint8Array) => void;
  #room = STREAM_WINDOW;
  #stopped = false;
  #stop!: () => void;
  readonly #gone = new Promise<null>((resolve) => {
    this.#stop = () => resolve(null);
  });
  #wake: (() => void) | null = null;

  constructor(send: (chunk: Uint8Array) => void) {
    this.#send = send;
  }

  /** The other side has used up so many bytes. */
  credit(bytes: number): void {
    this.#room += bytes;
    this.#wake?.();
  }

  /** Nobody wants the rest: the source is told and not read any further. */
  stop(): void {
    this.#stopped = true;
    this.#stop();
    this.#wake?.();
  }

  /**
   * Send all of it.
   * @returns false when it was stopped. Rejects with what the source throws.
   */
  async run(source: Source): Promise<boolean> {
    const chunks = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await Promise.race([chunks.next(), this.#gone]);
        if (next === null || this.#stopped) return false;
        if (next.done) return true;
        if (!(await this.#pieces(next.value))) return false;
      }
    } finally {
      // A source that waits for something of its own must not hold up the end.
      if (this.#stopped) void Promise.resolve(chunks.return?.()).catch(() => {});
    }
  }

  async #pieces(chunk: Uint8Array): Promise<boolean> {
    for (let at = 0; at < chunk.byteLength; at += CHUNK_BYTES) {
      while (this.#room <= 0 && !this.#stopped)
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      this.#wake = null;
      if (this.#stopped) return false;
      const piece = chunk.subarray(at, at + CHUNK_BYTES);
      this.#room -= piece.byteLength;
      this.#send(piece);
    }
    return true;
  }
}

/** Receives a body, for one reader. */
export class Inflow implements AsyncIterable<Uint8Array> {
  readonly #used: (bytes: number) => void;
  readonly #left: () => void;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** Bytes of the chunk that the reader has in hand. */
  #taken = 0;
  #ended = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;

  /**
   * @param used  the reader has used up so many bytes
   * @param left  the reader went away before the end
   */
  constructor(used: (bytes: number) => void, left: () => void = () => {}) {
    this.#used = used;
    this.#left = left;
  }

  /** @returns false when the other side sent more than it may */
  push(chunk: Uint8Array): boolean {
    if (this.#ended || this.#error) return true;
    if (this.#bytes + chunk.byteLength > STREAM_WINDOW + CHUNK_BYTES) return false;
    this.#bytes += chunk.byteLength;
    this.#chunks.push(chunk);
    this.#wake?.();
    return true;
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: Error): void {
    if (this.#ended) return;
    this.#error ??= error;
    this.#wake?.();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      // Not a generator: one that was never asked would not notice that its reader went away.
      return: async () => {
        if (!this.#ended && !this.#error) this.#left();
        return { done: true, value: undefined };
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#taken > 0) this.#used(this.#taken);
    this.#taken = 0;
    for (;;) {
      if (this.#error) throw this.#error;
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#bytes -= chunk.byteLength;
        this.#taken = chunk.byteLength;
        return { done: false, value: chunk };
      }
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
