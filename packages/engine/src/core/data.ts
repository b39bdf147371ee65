// What connectors keep: which names, sizes and numbers are allowed, and who may write. The same for every adapter.

import { SluiceError } from '@sluice/protocol/errors';

/** Longest space, key, collection or holder, in UTF-16 code units as `length` counts them. */
export const MAX_NAME_CHARACTERS = 500;
/** Largest value of an entry, as UTF-8 JSON. */
export const MAX_ENTRY_BYTES = 256 * 1024;
/** Largest item of a collection, as UTF-8 JSON. */
export const MAX_ITEM_BYTES = 1024 * 1024;
/** Most items of one append, and most positions of one removal. */
export const MAX_ITEMS = 10_000;
/** Items of one append together: it is one record of the redo log. */
export const MAX_APPEND_BYTES = 4 * 1024 * 1024;
/** Most entries or items of a page. */
export const MAX_PAGE = 1_000;
/** A page ends early when its values take this much together. */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;
export const MAX_LEASE_MS = 86_400_000;
/** A lease that lapsed and was taken by nobody lets its holder write for this long. */
export const FENCE_KEPT_MS = 86_400_000;

/** @throws SluiceError `data.name_invalid`; text that is not well-formed would become other text on its way to a disk */
export function checkName(what: 'space' | 'key' | 'collection' | 'holder' | 'prefix', name: string): void {
  const got =
    typeof name !== 'string'
      ? typeof name
      : name.length > MAX_NAME_CHARACTERS
        ? `${name.length} characters`
        : name.length === 0 && what !== 'prefix'
          ? 'none'
          : /\p{Surrogate}/u.test(name)
            ? 'half a surrogate pair'
            : null;
  if (got !== null) throw new SluiceError('data.name_invalid', { what, max: MAX_NAME_CHARACTERS, got });
}

/** @throws SluiceError `data.not_json` or `data.too_large` */
export function jsonText(what: 'value' | 'item', value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new SluiceError('data.not_json', { what, reason: error instanceof Error ? error.message : String(error) });
  }
  if (text === undefined) throw new SluiceError('data.not_json', { what, reason: `got ${typeof value}` });
  const maxBytes = what === 'value' ? MAX_ENTRY_BYTES : MAX_ITEM_BYTES;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw new SluiceError('data.too_large', { what, bytes, maxBytes });
  return text;
}

/** @throws SluiceError `data.too_many`, or that of the first item that cannot be kept */
export function itemTexts(values: readonly unknown[]): string[] {
  checkCount('items', values.length);
  const texts = values.map((value) => jsonText('item', value));
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_APPEND_BYTES)
    throw new SluiceError('data.too_large', { what: 'append', bytes, maxBytes: MAX_APPEND_BYTES });
  return texts;
}

/** @throws SluiceError `data.too_many` */
export function checkCount(what: 'items' | 'positions', count: number): void {
  if (count > MAX_ITEMS) throw new SluiceError('data.too_many', { what, count, max: MAX_ITEMS });
}

/** An integer that survives JSON and a column as it is. @throws SluiceError `data.number_invalid` */
export function checkInteger(what: string, value: number, min = 0, max: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `an integer from ${min}` : `an integer from ${min} to ${max}`;
  throw new SluiceError('data.number_invalid', { what, expected: bounds, got: String(value) });
}

/** @throws SluiceError `data.number_invalid` */
export function checkFinite(what: string, value: number): void {
  if (!Number.isFinite(value))
    throw new SluiceError('data.number_invalid', { what, expected: 'a finite number', got: String(value) });
}

/** From its last instant on, what expires is not there. */
export const isExpired = (expiresAt: number | null | undefined, now: number): boolean =>
  typeof expiresAt === 'number' && expiresAt <= now;

export interface GivenLease {
  readonly fence: number;
  /** Instant at which it lapses. */
  readonly until: number;
}

/** A fence is good while its lease is held, and after it lapsed until somebody else takes it. */
export const isGood = (given: GivenLease | null | undefined, fence: number, now: number): boolean =>
  given != null && given.fence === fence && now < given.until + FENCE_KEPT_MS;

export type Refusal = 'revision' | 'fence';

/**
 * May an entry be changed?
 * @param revision  of what is there, null when nothing is
 * @param expected  revision that must be there, null when nothing may be; undefined asks nothing
 * @param fenced  whether the fence of the writer is good; null when it carries none
 */
export function refusal(
  revision: number | null,
  expected: number | null | undefined,
  fenced: boolean | null,
): Refusal | null {
  if (fenced === false) return 'fence';
  return expected === undefined || expected === revision ? null : 'revision';
}

/** The sum, or what is wrong. @param text  JSON of what is there, null when nothing is */
export function added(text: string | null, by: number): number | string {
  const found: unknown = text === null ? 0 : JSON.parse(text);
  if (typeof found !== 'number') return `it holds ${found === null ? 'null' : typeof found}`;
  const sum = found + by;
  return Number.isFinite(sum) ? sum : 'the sum is beyond what a number can hold';
}

/** As much of `rows` as a page may hold, at least one, and whether there is more. */
export function pageOf<R>(
  rows: Iterable<R>,
  limit: number,
  textOf: (row: R) => string,
): { readonly rows: R[]; readonly more: boolean } {
  const taken: R[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (taken.length === limit) return { rows: taken, more: true };
    bytes += Buffer.byteLength(textOf(row));
    if (taken.length > 0 && bytes > MAX_PAGE_BYTES) return { rows: taken, more: true };
    taken.push(row);
  }
  return { rows: taken, more: false };
}
