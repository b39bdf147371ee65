// Questions about the data of connectors. Each is one statement, so its answer is of one instant.

import { pageOf } from '../../core/data.ts';
import type { EntriesQuery, ItemsQuery } from '../../core/data-acts.ts';
import type { Statement } from './database.ts';
import type { EntryCopy } from './operations.ts';

interface EntryAt {
  readonly space: string;
  readonly key: string;
  readonly now: number;
}

interface CollectionAt {
  readonly space: string;
  readonly collection: string;
  readonly now: number;
}

export type DataQuery =
  | { readonly of: 'entry'; readonly at: EntryAt }
  | { readonly of: 'entries'; readonly at: EntriesQuery }
  | { readonly of: 'items'; readonly at: ItemsQuery }
  | { readonly of: 'count'; readonly at: CollectionAt };

export interface DataAnswers {
  entry: EntryCopy | null;
  entries: { readonly rows: EntryCopy[]; readonly more: boolean };
  items: { readonly rows: { readonly position: number; readonly value: string }[]; readonly more: boolean };
  count: number;
}

export type DataAnswer = DataAnswers[keyof DataAnswers];

interface EntryRow {
  readonly key: Uint8Array;
  readonly value: string;
  readonly revision: number;
  readonly expires_at: number | null;
}

const ENTRIES = `SELECT key, value, revision, expires_at FROM data_entry
  WHERE space = ? AND key >= ? AND key < ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key`;
const ITEMS = `SELECT i.position, i.value FROM data_collection c CROSS JOIN data_item i ON i.collection = c.id
  WHERE c.space = ? AND c.name = ? AND (c.expires_at IS NULL OR c.expires_at > ?) AND i.position > ? ORDER BY i.position`;
/** Statements of what may be long. */
export const PAGES = [ENTRIES, ITEMS];

type Sql = (text: string) => Statement;

export function readData(sql: Sql, query: DataQuery): DataAnswer {
  switch (query.of) {
    case 'entry':
      return readEntry(sql, query.at);
    case 'entries':
      return entries(sql, query.at);
    case 'items':
      return items(sql, query.at);
    case 'count':
      return count(sql, query.at);
  }
}

/** The entry, unless it has expired. */
export function readEntry(sql: Sql, { space, key, now }: EntryAt): EntryCopy | null {
  const row = sql(
    `SELECT key, value, revision, expires_at FROM data_entry
     WHERE space = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)`,
  ).get(Buffer.from(space), Buffer.from(key), now) as EntryRow | undefined;
  return row ? toCopy(row) : null;
}

function entries(sql: Sql, { space, now, prefix, after, limit }: EntriesQuery): DataAnswers['entries'] {
  const first = Buffer.from(prefix);
  const behind = after === null ? first : Buffer.from(`${after}\0`);
  const rows = sql(ENTRIES).iterate(
    Buffer.from(space),
    Buffer.compare(first, behind) > 0 ? first : behind,
    Buffer.concat([first, Buffer.of(0xff)]),
    now,
  ) as Iterable<EntryRow>;
  const page = pageOf(rows, limit, ({ value }) => value);
  return { rows: page.rows.map(toCopy), more: page.more };
}

function items(sql: Sql, { space, collection, now, after, limit }: ItemsQuery): DataAnswers['items'] {
  const rows = sql(ITEMS).iterate(Buffer.from(space), Buffer.from(collection), now, after) as Iterable<{
    position: number;
    value: string;
  }>;
  return pageOf(rows, limit, ({ value }) => value);
}

function count(sql: Sql, { space, collection, now }: CollectionAt): number {
  const row = sql(
    'SELECT items FROM data_collection WHERE space = ? AND name = ? AND (expires_at IS NULL OR expires_at > ?)',
  ).get(Buffer.from(space), Buffer.from(collection), now) as { items: number } | undefined;
  return row?.items ?? 0;
}

const toCopy = ({ key, value, revision, expires_at }: EntryRow): EntryCopy => ({
  key: Buffer.from(key).toString(),
  value,
  revision,
  expiresAt: expires_at,
});
