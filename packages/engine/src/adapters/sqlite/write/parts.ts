// Parts of a whole: parked until the last one came, consumed in the commit of that one.

import { processOf } from '../../../core/message.ts';
import type { Join, ProcessStatus } from '../../../core/step.ts';
import type { Tables } from './tables.ts';

export interface Parked {
  readonly message: string;
  readonly seq: number;
  readonly queue: number;
}

export function park(t: Tables, message: string, collection: string, place: string | null): void {
  t.sql('INSERT INTO part (message, collection, place) VALUES (?, ?, ?)').run(message, collection, place);
}

/** @returns the parked parts, or null when one is no longer among them */
export function parkedParts(t: Tables, { collection, parked }: Join): Parked[] | null {
  const rows = t
    .sql(
      `SELECT p.message, m.seq, m.queue FROM part p JOIN message m ON m.id = p.message
       WHERE p.collection = ? AND m.state = 4`,
    )
    .all(collection) as unknown as Parked[];
  const present = new Map(rows.map((row) => [row.message, row]));
  const found = parked.flatMap((id) => present.get(id) ?? []);
  return found.length === parked.length ? found : null;
}

/**
 * Consume the parts with the step of a message, which was one of them or came last.
 * @param change  counts a part for its process
 */
export function join(
  t: Tables,
  message: string,
  { collection, parts, closes }: Join,
  parked: readonly Parked[],
  at: number,
  change: (processId: string) => ProcessStatus | null,
): { processId: string; ended: ProcessStatus }[] {
  const also: { processId: string; ended: ProcessStatus }[] = [];
  const own = processOf(message);
  for (const { message: part, seq, queue } of parked) {
    t.sql('DELETE FROM part WHERE message = ?').run(part);
    if (part === message) continue;
    t.sql("UPDATE message SET state = 6, changed_at = ?, result = 'joined', reason = ? WHERE seq = ?").run(
      at,
      `joined with ${message}`,
      seq,
    );
    t.flow(queue).finished++;
    const processId = processOf(part);
    const ended = change(processId);
    if (ended && processId !== own) also.push({ processId, ended });
  }
  for (const [ordinal, part] of parts.entries())
    t.sql('INSERT INTO joined (message, ordinal, part) VALUES (?, ?, ?)').run(message, ordinal, part);
  t.sql('DELETE FROM timer WHERE id = ?').run(collection);
  if (closes !== null)
    t.sql('INSERT OR IGNORE INTO closed_collection (id, process) VALUES (?, ?)').run(collection, closes);
  return also;
}
