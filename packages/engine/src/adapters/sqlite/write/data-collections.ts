// Collections of connectors. A collection is a row that counts its items; without items there is none. One that is dropped
// loses its name at once, and its items when they are swept: a million of them must not hold up the messages.

import { isExpired } from '../../../core/data.ts';
import type { AppendAct, DropAct, RemoveAct } from '../../../core/data-acts.ts';
import type { DataOp } from '../operations.ts';
import { takeNumbers } from './data-numbers.ts';
import type { Tables } from './tables.ts';

interface Collection {
  readonly id: number;
  readonly items: number;
}

/** @returns position of the first */
export function append(t: Tables, act: AppendAct, values: DataOp['values']): number {
  const { id } = liveCollection(t, act) ?? begin(t, act);
  const first = takeNumbers(t, values.length);
  const insert = t.sql('INSERT INTO data_item (position, collection, value) VALUES (?, ?, CAST(? AS TEXT))');
  for (const [index, value] of values.entries())
    insert.run(first + index, id, typeof value === 'string' ? value : value.bytes());
  t.sql('UPDATE data_collection SET items = items + ? WHERE id = ?').run(values.length, id);
  if (act.expiresAt !== undefined)
    t.sql('UPDATE data_collection SET expires_at = ? WHERE id = ?').run(act.expiresAt, id);
  return first;
}

/** @returns how many were there */
export function remove(t: Tables, act: RemoveAct): number {
  const found = liveCollection(t, act);
  if (!found) return 0;
  const statement = t.sql('DELETE FROM data_item WHERE position = ? AND collection = ?');
  let removed = 0;
  for (const position of act.positions) removed += Number(statement.run(position, found.id).changes);
  if (removed === found.items) t.sql('DELETE FROM data_collection WHERE id = ?').run(found.id);
  else t.sql('UPDATE data_collection SET items = items - ? WHERE id = ?').run(removed, found.id);
  return removed;
}

/** @returns how many items it had */
export function drop(t: Tables, act: DropAct): number {
  const found = liveCollection(t, act);
  if (!found) return 0;
  forget(t, found.id);
  return found.items;
}

/** Take its name from a collection, so that it is there for nobody and its items are swept. */
export function forget(t: Tables, id: number): void {
  t.sql('UPDATE data_collection SET space = NULL, name = NULL WHERE id = ?').run(id);
}

function begin(t: Tables, { space, collection }: AppendAct): Collection {
  t.sql('INSERT INTO data_collection (space, name, items) VALUES (?, ?, 0)').run(
    Buffer.from(space),
    Buffer.from(collection),
  );
  const { id } = t.sql('SELECT last_insert_rowid() AS id').get() as { id: number };
  return { id, items: 0 };
}

/** The collection; one that has expired is forgotten. */
function liveCollection(t: Tables, act: AppendAct | RemoveAct | DropAct): Collection | null {
  const row = t
    .sql('SELECT id, items, expires_at FROM data_collection WHERE space = ? AND name = ?')
    .get(Buffer.from(act.space), Buffer.from(act.collection)) as
    | (Collection & { expires_at: number | null })
    | undefined;
  if (!row) return null;
  if (!isExpired(row.expires_at, act.now)) return row;
  forget(t, row.id);
  return null;
}
