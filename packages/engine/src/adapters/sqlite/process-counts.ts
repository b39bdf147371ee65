// Numbers of the processes that run, in memory.
//
// A process row would change with every step although nobody reads it in between. So it is written when the process is
// accepted and when it ends; between the two its numbers are what its messages say, and are counted from them after a
// restart, or when the process was not heard of for a long time.

import { ShortLived } from '../../core/short-lived.ts';
import { type ProcessDelta, type ProcessStatus, statusAfter } from '../../core/step.ts';
import type { Statement } from './database.ts';
import { STATUS, STATUSES } from './schema.ts';

export interface Counts {
  readonly topology: string;
  /** A message of another process waits for its end. */
  readonly called: boolean;
  status: ProcessStatus;
  total: number;
  done: number;
  failed: number;
  open: number;
}

/** Numbers that the messages of a process `?1` say. A message with a code that is done was discarded from trash. */
export const COUNT_MESSAGES = `
  SELECT 1 + count(id) + trails AS total,
    1 + coalesce(sum(state = 6 AND code IS NULL), 0) + trails AS done,
    coalesce(sum(state = 5 OR (state = 6 AND code IS NOT NULL)), 0) AS failed,
    coalesce(sum(state < 5), 0) AS open
  FROM (SELECT coalesce(sum(count), 0) AS trails FROM trail WHERE process = ?1)
    LEFT JOIN message ON id > ?1 || '.' AND id < ?1 || '/'`;

const MAX_KEPT = 50_000;

/** Rows that are not in the tables yet. */
interface UnwrittenRows {
  /** @returns false when the row of the process is in the table */
  end(id: string, counts: Counts, at: number | null): boolean;
  flush(): void;
}

export class ProcessCounts {
  readonly #sql: (text: string) => Statement;
  readonly #unwritten: UnwrittenRows;
  readonly #kept = new ShortLived<string, Counts>();

  constructor(sql: (text: string) => Statement, unwritten: UnwrittenRows) {
    this.#sql = sql;
    this.#unwritten = unwritten;
  }

  begin(id: string, topology: string, open: number, called: boolean): void {
    this.#keep(id, { topology, called, status: 'running', total: 1 + open, done: 1, failed: 0, open });
  }

  /** What is in memory may not be on disk: the transaction was undone. */
  forgetAll(): void {
    this.#kept.clear();
  }

  /** Numbers of a process as its messages are now. */
  read(id: string): Counts {
    this.#unwritten.flush();
    const row = this.#sql('SELECT status, topology FROM process WHERE id = ?').get(id) as {
      status: number;
      topology: string;
    };
    const counted = this.#sql(COUNT_MESSAGES).get(id) as { total: number; done: number; failed: number; open: number };
    const called = this.#sql("SELECT 1 FROM lineage WHERE process = ? AND relation = 'call'").get(id) !== undefined;
    return { topology: row.topology, called, status: STATUSES[row.status]!, ...counted };
  }

  /**
   * Count a step whose messages are written already.
   * @returns the numbers, and the status before
   */
  change(id: string, delta: ProcessDelta, at: number): { counts: Counts; before: ProcessStatus } {
    let counts = this.#kept.get(id);
    if (counts) {
      counts.total += delta.total;
      counts.done += delta.done;
      counts.failed += delta.failed;
      counts.open += delta.open;
    } else {
      counts = this.read(id);
      this.#keep(id, counts);
    }
    const before = counts.status;
    counts.status = statusAfter(before, counts.open, counts.failed);
    if (counts.open === 0) this.end(id, counts, before === 'cancelled' ? null : at);
    else if (before !== counts.status) {
      this.#unwritten.flush();
      this.#sql('UPDATE process SET status = ?, ended_at = NULL WHERE id = ?').run(STATUS[counts.status], id);
    }
    return { counts, before };
  }

  /** @param at  when it ended; null keeps what is written */
  end(id: string, counts: Counts, at: number | null): void {
    this.#kept.take(id);
    if (this.#unwritten.end(id, counts, at)) return;
    const { status, total, done, failed, open } = counts;
    this.#sql(
      'UPDATE process SET status = ?, total = ?, done = ?, failed = ?, open = ?, ended_at = coalesce(?, ended_at) WHERE id = ?',
    ).run(STATUS[status], total, done, failed, open, at, id);
  }

  #keep(id: string, counts: Counts): void {
    if (this.#kept.size >= MAX_KEPT)
      for (const [oldest] of this.#kept) {
        this.#kept.take(oldest);
        break;
      }
    this.#kept.set(id, counts);
  }
}
