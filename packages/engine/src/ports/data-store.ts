// What connectors keep between their calls: small entries by key, large collections, and leases for what must run once.
//
// Everything lies in a space, a name that the caller composes (of application and user, say); nothing is seen from another
// space. Every method takes the instant it is called at: what has expired then is not there, whether it was swept or not.
//
// What it promises, and testing/store/data-store.contract.ts holds every adapter to:
//   a resolved promise means: on disk, synced
//   revisions, positions and fences come from one number that only grows: none comes twice, also not after a removal
//   of two changes that expect the same revision, one is made
//   a write that carries the fence of a lease which somebody else took is refused
//
// Names have 1 to 500 characters of any well-formed text, an entry takes 256 KiB as JSON at most, an item 1 MiB.
// @throws SluiceError `data.name_invalid`, `data.not_json`, `data.too_large`, `data.too_many`, `data.number_invalid`

import type { Refusal } from '../core/data.ts';

export interface DataEntry {
  readonly key: string;
  /** JSON. */
  readonly value: unknown;
  /** Another one after each change. */
  readonly revision: number;
  /** Epoch milliseconds, or null: it stays. */
  readonly expiresAt: number | null;
}

/** What must be so for a change to be made. */
export interface Condition {
  /** Revision that must be there; null: nothing may be there. */
  readonly expected?: number | null;
  /** A lease of the same space that nobody else may have taken since. */
  readonly lease?: { readonly key: string; readonly fence: number };
}

export interface Expiry {
  /** Epoch milliseconds from which it is not there; null: it stays. */
  readonly expiresAt?: number | null;
}

/** Nothing was changed. With the revision that is there a caller can decide anew. */
export interface Refused {
  readonly because: Refusal;
  readonly found: DataEntry | null;
}

export type Written = { readonly written: true; readonly revision: number } | ({ readonly written: false } & Refused);
/** Not deleted because of null: nothing was there. */
export type Deleted =
  | { readonly deleted: true }
  | { readonly deleted: false; readonly because: Refusal | null; readonly found: DataEntry | null };

export interface DataItem {
  /** Later items have larger ones; there are gaps. */
  readonly position: number;
  /** JSON. */
  readonly value: unknown;
}

/** A page is shorter than its limit when its values are large; only `next` tells whether there is more. */
export interface DataPage<T, C> {
  readonly items: readonly T[];
  /** The `after` of the next page, or null. */
  readonly next: C | null;
}

export type Acquired =
  | { readonly acquired: true; readonly fence: number; readonly until: number }
  | { readonly acquired: false; readonly holder: string; readonly until: number };

export interface DataStore {
  get(space: string, key: string, now: number): Promise<DataEntry | null>;

  /** Replace what is there with its expiry: without `expiresAt` it stays. */
  set(space: string, key: string, value: unknown, now: number, options?: Expiry & Condition): Promise<Written>;

  delete(space: string, key: string, now: number, options?: Condition): Promise<Deleted>;

  /**
   * Add to a number; one that is not there is 0. `expiresAt` is for an entry that begins here, others keep theirs.
   * @throws SluiceError `data.not_a_number`
   */
  increment(
    space: string,
    key: string,
    by: number,
    now: number,
    options?: Expiry,
  ): Promise<{ readonly value: number; readonly revision: number }>;

  /**
   * Entries in the order of their keys' code points.
   * @param page  `limit` 1 to 1000
   */
  list(
    space: string,
    now: number,
    page: { readonly prefix?: string; readonly after?: string | null; readonly limit: number },
  ): Promise<DataPage<DataEntry, string>>;

  /**
   * Add items at the end of a collection, all or none. A collection is there while it has items.
   * @param values  up to 10 000, 4 MiB together
   * @param options  `expiresAt` is that of the whole collection from now on; without it, it keeps what it has
   * @returns the position of each
   */
  append(
    space: string,
    collection: string,
    values: readonly unknown[],
    now: number,
    options?: Expiry,
  ): Promise<readonly number[]>;

  /**
   * Items in order of position. What is appended or removed meanwhile moves no other.
   * @param page  `limit` 1 to 1000
   */
  page(
    space: string,
    collection: string,
    now: number,
    page: { readonly after?: number | null; readonly limit: number },
  ): Promise<DataPage<DataItem, number>>;

  count(space: string, collection: string, now: number): Promise<number>;

  /** @param positions  up to 10 000 @returns how many were there */
  remove(space: string, collection: string, positions: readonly number[], now: number): Promise<number>;

  /** The whole collection, at once, however large. @returns how many items it had */
  drop(space: string, collection: string, now: number): Promise<number>;

  /**
   * Take a lease that nobody holds. It is not given twice, also not to the same holder.
   * @param holder  whom others are told of
   * @param ttlMs  1 ms to a day
   * @returns the fence, larger than every one before; or who holds it until when
   */
  acquire(space: string, key: string, holder: string, ttlMs: number, now: number): Promise<Acquired>;

  /** Hold it until `ttlMs` from now. @returns false when it was released or somebody else took it */
  renew(space: string, key: string, fence: number, ttlMs: number, now: number): Promise<boolean>;

  /** @returns false when it was released before or somebody else took it */
  release(space: string, key: string, fence: number): Promise<boolean>;

  /**
   * Free the room of what has expired or was dropped, a portion of it.
   * @returns entries, items and leases that went, at most `max`; fewer means that nothing is left for now
   */
  sweep(now: number, max: number): Promise<number>;
}
