// Kept answers by what was asked for; for one question there may be several, by what they vary by.

import type CachePolicy from 'http-cache-semantics';
import type { Answer } from '../../exchange/exchange.ts';
import { Memory } from './memory.ts';

export interface Entry {
  readonly policy: CachePolicy;
  readonly status: number;
  readonly headers: Answer['headers'];
  readonly body: Buffer;
}

interface Variant {
  /** Names of the request's headers that made a difference, sorted. */
  readonly vary: readonly string[];
  readonly values: string;
  readonly entry: Entry;
}

type Headers = Readonly<Record<string, string>>;

const MOST_VARIANTS = 20;
/** What an entry takes beside its body, roughly. */
const OVERHEAD = 2_000;

export class CacheStore {
  readonly #memory: Memory<{ readonly bytes: number; readonly variants: readonly Variant[] }>;
  #owners = 0;

  constructor(maxBytes: number) {
    this.#memory = new Memory(maxBytes);
  }

  /** Begin of the keys of one who shares the room. */
  owner(): string {
    return `${++this.#owners} `;
  }

  find(key: string, headers: Headers): Entry | null {
    const variants = this.#memory.get(key)?.variants ?? [];
    return variants.find(({ vary, values }) => valuesOf(vary, headers) === values)?.entry ?? null;
  }

  put(key: string, headers: Headers, entry: Entry): void {
    const vary = [entry.headers.vary ?? []]
      .flat()
      .flatMap((line) => line.split(','))
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '')
      .sort();
    const values = valuesOf(vary, headers);
    const others = (this.#memory.get(key)?.variants ?? []).filter((one) => valuesOf(one.vary, headers) !== one.values);
    const variants = [{ vary, values, entry }, ...others].slice(0, MOST_VARIANTS);
    this.#memory.set(key, {
      variants,
      bytes: variants.reduce((sum, one) => sum + one.entry.body.length + OVERHEAD, 0),
    });
  }

  forget(key: string): void {
    this.#memory.delete(key);
  }
}

const valuesOf = (vary: readonly string[], headers: Headers): string =>
  JSON.stringify(vary.map((name) => [name, headers[name] ?? null]));
