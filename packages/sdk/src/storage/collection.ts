import type { DataAnswers, Json } from '@sluice/protocol';
import type { Perform } from './storage.ts';

/** Values of one request: the platform takes 4 MiB together. */
const CHUNK_BYTES = 3 * 1024 * 1024;
const CHUNK = 5_000;

export interface Item<T> {
  /** Later ones have larger ones; there are gaps. */
  readonly position: number;
  readonly value: T;
}

/** Values of up to 1 MiB of JSON each, as many as the disk holds. */
export class Collection<T> {
  readonly #perform: Perform;
  readonly #name: string;

  constructor(perform: Perform, name: string) {
    this.#perform = perform;
    this.#name = name;
  }

  /**
   * Add at the end, in portions; each is there as a whole or not at all.
   * @param options.expiresInMs  of the whole collection, from now on
   */
  async append(values: Iterable<T>, options: { readonly expiresInMs?: number } = {}): Promise<void> {
    let chunk: Json[] = [];
    let bytes = 0;
    for (const value of values) {
      const size = JSON.stringify(value).length * 2;
      if (chunk.length > 0 && (chunk.length === CHUNK || bytes + size > CHUNK_BYTES)) {
        await this.#append(chunk, options);
        chunk = [];
        bytes = 0;
      }
      chunk.push(value as Json);
      bytes += size;
    }
    if (chunk.length > 0) await this.#append(chunk, options);
  }

  /** @param after  position, for the next page */
  async page(limit = 100, after: number | null = null): Promise<{ items: readonly Item<T>[]; next: number | null }> {
    return (await this.#perform({ act: 'page', collection: this.#name, after, limit })) as {
      items: readonly Item<T>[];
      next: number | null;
    };
  }

  /** Every value in its order, read page by page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    let after: number | null = null;
    do {
      const page: DataAnswers['page'] = await this.#perform({
        act: 'page',
        collection: this.#name,
        after,
        limit: 500,
      });
      for (const { value } of page.items) yield value as T;
      after = page.next;
    } while (after !== null);
  }

  count(): Promise<number> {
    return this.#perform({ act: 'count', collection: this.#name });
  }

  /** @returns how many were there */
  remove(positions: readonly number[]): Promise<number> {
    return this.#perform({ act: 'remove', collection: this.#name, positions: [...positions] });
  }

  /** All of it. @returns how many there were */
  drop(): Promise<number> {
    return this.#perform({ act: 'drop', collection: this.#name });
  }

  #append(values: Json[], options: { readonly expiresInMs?: number }): Promise<readonly number[]> {
    return this.#perform({ act: 'append', collection: this.#name, values, ...options });
  }
}
