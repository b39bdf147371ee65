// The audit log: rows of changes, masked, and forgotten by age and number.

import type { AuditEntry, AuditRow, AuditStore, Log } from '@sluice/engine';
import type { AuditQuery } from '@sluice/protocol';
import { difference, masked } from './masking.ts';

/** Beyond, the oldest are forgotten, however young. */
const MOST = 1_000_000;
const PORTION = 1_000;

export class AuditLog {
  readonly #store: AuditStore;
  readonly #keepMs: number;
  readonly #log: Log;
  readonly #now: () => number;

  constructor(store: AuditStore, keepMs: number, log: Log, now: () => number) {
    this.#store = store;
    this.#keepMs = keepMs;
    this.#log = log;
    this.#now = now;
  }

  /**
   * Durable when resolved. What could not be written is said in the log of the process: the change itself is made already.
   * @param entry  states as they are shown
   */
  async record({ before, after, ...entry }: Omit<AuditEntry, 'at'>): Promise<void> {
    // Compared before they are masked: a secret that was changed is a change.
    const states = difference(before, after);
    try {
      await this.#store.append({
        ...entry,
        at: this.#now(),
        before: masked(states.before),
        after: masked(states.after),
      });
    } catch (error) {
      this.#log.error('A change was not written to the audit log.', { act: entry.act, object: entry.object, error });
    }
  }

  async list({
    limit = 50,
    cursor,
    ...filter
  }: AuditQuery): Promise<{ items: readonly AuditRow[]; next: string | null }> {
    const below = Number(cursor);
    const rows = await this.#store.list(filter, limit + 1, cursor !== undefined && below > 0 ? below : undefined);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? String(items.at(-1)!.seq) : null };
  }

  async sweep(): Promise<void> {
    try {
      const rule = { before: this.#now() - this.#keepMs, keep: MOST };
      while ((await this.#store.forget(rule, PORTION)) === PORTION);
    } catch (error) {
      this.#log.warn('Old rows of the audit log were not removed.', { error });
    }
  }
}
