import type { DataEntryView, Json } from '@sluice/protocol';
import type { Perform } from './storage.ts';

export interface SetOptions {
  readonly expiresInMs?: number;
  /** Set only when this revision is there (`getEntry`); null: only when nothing is. */
  readonly expected?: number | null;
}

export interface Entry<T> {
  readonly key: string;
  readonly value: T;
  /** Another one after each change. */
  readonly revision: number;
}

/** Values of up to 256 KiB of JSON by keys of up to 500 characters. */
export class Values {
  readonly #perform: Perform;

  constructor(perform: Perform) {
    this.#perform = perform;
  }

  async get<T = unknown>(key: string): Promise<T | null> {
    return (await this.getEntry<T>(key))?.value ?? null;
  }

  async getEntry<T = unknown>(key: string): Promise<Entry<T> | null> {
    return entryOf<T>(await this.#perform({ act: 'get', key }));
  }

  /** @returns false when `expected` was not there: somebody else changed it */
  async set(key: string, value: Json, options: SetOptions = {}): Promise<boolean> {
    return (await this.#perform({ act: 'set', key, value, ...options })).written;
  }

  /** @returns whether it was there */
  async delete(key: string): Promise<boolean> {
    return (await this.#perform({ act: 'delete', key })).deleted;
  }

  /** Add to a number; one that is not there is 0. @returns the sum */
  async increment(key: string, by = 1, options: { readonly expiresInMs?: number } = {}): Promise<number> {
    return (await this.#perform({ act: 'increment', key, by, ...options })).value;
  }

  /** All entries whose keys begin so, in the order of keys, read page by page. */
  async *list<T = unknown>(prefix = ''): AsyncGenerator<Entry<T>> {
    let after: string | null = null;
    do {
      const page: { items: readonly DataEntryView[]; next: string | null } = await this.#perform({
        act: 'list',
        prefix,
        after,
        limit: 500,
      });
      for (const entry of page.items) yield entryOf<T>(entry)!;
      after = page.next;
    } while (after !== null);
  }
}

const entryOf = <T>(entry: DataEntryView | null): Entry<T> | null =>
  entry && { key: entry.key, value: entry.value as T, revision: entry.revision };
