// What connectors keep, in memory.

import { SluiceError } from '@sluice/protocol';
import {
  added,
  FENCE_KEPT_MS,
  isExpired,
  isGood,
  itemTexts,
  jsonText,
  pageOf,
  type Refusal,
  refusal,
} from '../../core/data.ts';
import {
  acquireAct,
  appendAct,
  atKey,
  type DeleteAct,
  deleteAct,
  dropAct,
  entriesQuery,
  inCollection,
  incrementAct,
  itemsQuery,
  releaseAct,
  removeAct,
  renewAct,
  type SetAct,
  setAct,
  sweepAct,
} from '../../core/data-acts.ts';
import type { DataEntry, DataStore } from '../../ports/data-store.ts';
import type { CollectionRow, EntryRow, MemoryDisk } from './disk.ts';

export function memoryData(disk: MemoryDisk): DataStore {
  const { entries, collections, leases } = disk;
  const next = (): number => ++disk.dataNumber;

  const entryAt = (place: { space: string; key: string; now: number }): EntryRow | null => {
    const row = entries.get(place.space)?.get(place.key);
    return row && !isExpired(row.expiresAt, place.now) ? row : null;
  };
  const collectionAt = (place: { space: string; collection: string; now: number }): CollectionRow | null => {
    const row = collections.get(place.space)?.get(place.collection);
    return row && !isExpired(row.expiresAt, place.now) ? row : null;
  };
  const refused = (act: SetAct | DeleteAct, row: EntryRow | null): Refusal | null => {
    const { space, lease, expected, now } = act;
    const fenced = lease && isGood(leases.get(space)?.get(lease.key), lease.fence, now);
    return refusal(row?.revision ?? null, expected, fenced);
  };

  return {
    async get(space, key, now) {
      return toEntry(key, entryAt(atKey(space, key, now)));
    },

    async set(space, key, value, now, options = {}) {
      const act = setAct(space, key, now, options);
      const text = jsonText('value', value);
      const row = entryAt(act);
      const because = refused(act, row);
      if (because) return { written: false, because, found: toEntry(key, row) };
      const revision = next();
      rowsOf(entries, space).set(key, { text, revision, expiresAt: act.expiresAt });
      return { written: true, revision };
    },

    async delete(space, key, now, options = {}) {
      const act = deleteAct(space, key, now, options);
      const row = entryAt(act);
      const because = refused(act, row);
      if (because || !row) return { deleted: false, because, found: toEntry(key, row) };
      entries.get(space)!.delete(key);
      return { deleted: true };
    },

    async increment(space, key, by, now, options = {}) {
      const act = incrementAct(space, key, by, now, options);
      const row = entryAt(act);
      const value = added(row?.text ?? null, by);
      if (typeof value === 'string') throw new SluiceError('data.not_a_number', { key, found: value });
      const revision = next();
      const expiresAt = row ? row.expiresAt : act.expiresAt;
      rowsOf(entries, space).set(key, { text: JSON.stringify(value), revision, expiresAt });
      return { value, revision };
    },

    async list(space, now, page) {
      const { prefix, after, limit } = entriesQuery(space, now, page);
      const found = [...(entries.get(space) ?? [])].filter(
        ([key, row]) =>
          key.startsWith(prefix) && !isExpired(row.expiresAt, now) && (after === null || byCodePoints(key, after) > 0),
      );
      found.sort(([a], [b]) => byCodePoints(a, b));
      const { rows, more } = pageOf(found, limit, ([, row]) => row.text);
      return { items: rows.map(([key, row]) => toEntry(key, row)), next: more ? rows.at(-1)![0] : null };
    },

    async append(space, collection, values, now, options = {}) {
      const act = appendAct(space, collection, now, options);
      const texts = itemTexts(values);
      if (texts.length === 0) return [];
      let row = collectionAt(act);
      if (!row) {
        const lapsed = collections.get(space)?.get(collection);
        if (lapsed) disk.dropped.push(lapsed.items);
        row = { items: new Map(), expiresAt: null };
        rowsOf(collections, space).set(collection, row);
      }
      if (act.expiresAt !== undefined) row.expiresAt = act.expiresAt;
      const positions = texts.map(next);
      for (const [index, text] of texts.entries()) row.items.set(positions[index]!, text);
      return positions;
    },

    async page(space, collection, now, page) {
      const query = itemsQuery(space, collection, now, page);
      const { rows, more } = pageOf(
        behind(collectionAt(query)?.items ?? [], query.after),
        query.limit,
        ([, text]) => text,
      );
      return {
        items: rows.map(([position, text]) => ({ position, value: JSON.parse(text) })),
        next: more ? rows.at(-1)![0] : null,
      };
    },

    async count(space, collection, now) {
      return collectionAt(inCollection(space, collection, now))?.items.size ?? 0;
    },

    async remove(space, collection, positions, now) {
      const row = collectionAt(removeAct(space, collection, positions, now));
      if (!row) return 0;
      const removed = positions.filter((position) => row.items.delete(position)).length;
      if (row.items.size === 0) collections.get(space)!.delete(collection);
      return removed;
    },

    async drop(space, collection, now) {
      const row = collectionAt(dropAct(space, collection, now));
      if (!row) return 0;
      collections.get(space)!.delete(collection);
      disk.dropped.push(row.items);
      return row.items.size;
    },

    async acquire(space, key, holder, ttlMs, now) {
      const { until } = acquireAct(space, key, holder, ttlMs, now);
      const given = leases.get(space)?.get(key);
      if (given && now < given.until) return { acquired: false, holder: given.holder, until: given.until };
      const fence = next();
      rowsOf(leases, space).set(key, { holder, fence, until });
      return { acquired: true, fence, until };
    },

    async renew(space, key, fence, ttlMs, now) {
      const { until } = renewAct(space, key, fence, ttlMs, now);
      const given = leases.get(space)?.get(key);
      if (!given || !isGood(given, fence, now)) return false;
      given.until = until;
      return true;
    },

    async release(space, key, fence) {
      releaseAct(space, key, fence);
      return leases.get(space)?.get(key)?.fence === fence && leases.get(space)!.delete(key);
    },

    async sweep(now, max) {
      sweepAct(now, max);
      for (const names of collections.values())
        for (const [name, row] of names)
          if (isExpired(row.expiresAt, now)) {
            names.delete(name);
            disk.dropped.push(row.items);
          }
      let left = max;
      left -= removeWhere(entries.values(), left, (row) => isExpired(row.expiresAt, now));
      left -= removeWhere(leases.values(), left, (row) => row.until + FENCE_KEPT_MS <= now);
      left -= removeWhere(disk.dropped, left, () => true);
      disk.dropped = disk.dropped.filter((items) => items.size > 0);
      return max - left;
    },
  };
}

function toEntry(key: string, row: EntryRow): DataEntry;
function toEntry(key: string, row: EntryRow | null): DataEntry | null;
function toEntry(key: string, row: EntryRow | null): DataEntry | null {
  return row && { key, value: JSON.parse(row.text), revision: row.revision, expiresAt: row.expiresAt };
}

function rowsOf<R>(tables: Map<string, Map<string, R>>, space: string): Map<string, R> {
  const rows = tables.get(space) ?? new Map<string, R>();
  tables.set(space, rows);
  return rows;
}

function* behind(items: Iterable<[number, string]>, after: number): Iterable<[number, string]> {
  for (const item of items) if (item[0] > after) yield item;
}

/** @returns how many were removed, at most `max` */
function removeWhere<K, R>(tables: Iterable<Map<K, R>>, max: number, matches: (row: R) => boolean): number {
  let removed = 0;
  for (const rows of tables)
    for (const [key, row] of rows) {
      if (removed === max) return removed;
      if (matches(row) && rows.delete(key)) removed++;
    }
  return removed;
}

/** As UTF-8 is ordered. Strings compare by halves of surrogate pairs instead. */
const byCodePoints = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
