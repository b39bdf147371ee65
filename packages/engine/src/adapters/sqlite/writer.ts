// Applies operations to the file. Decides nothing about messages: only where they go in tables.
//
// Runs in the writing thread. All operations of one group share one transaction and one sync.

import type { Database } from './database.ts';
import type { Op, OpResult, Reply } from './operations.ts';
import { accept } from './write/accept.ts';
import { commit } from './write/commit.ts';
import { LimitedRelease, releaseDue } from './write/release.ts';
import { cancel, forget } from './write/removal.ts';
import { keepPermits, keepRecords, note } from './write/small.ts';
import { Tables } from './write/tables.ts';
import { clearTimer } from './write/timers.ts';

export class Writer {
  readonly #db: Database;
  readonly #tables: Tables;
  readonly #limited: LimitedRelease;

  constructor(db: Database) {
    this.#db = db;
    this.#tables = new Tables(db);
    this.#limited = new LimitedRelease(this.#tables);
  }

  /** Apply a group in one transaction. When one operation breaks it, each gets a transaction of its own. */
  apply(ops: readonly Op[]): Reply {
    try {
      return { results: this.#transaction(ops).map((ok) => ({ ok })) };
    } catch (error) {
      if (ops.length === 1) return { results: [{ failed: describe(error) }] };
      return { results: ops.flatMap((op) => this.apply([op]).results) };
    }
  }

  #transaction(ops: readonly Op[]): OpResult[] {
    this.#tables.sql('BEGIN IMMEDIATE').run();
    try {
      const results = ops.map((op) => this.#one(op));
      this.#tables.writeFlows();
      this.#tables.sql('COMMIT').run();
      return results;
    } catch (error) {
      // SQLite rolls back by itself on some errors (a full disk is one of them).
      if (this.#db.isTransaction) this.#tables.sql('ROLLBACK').run();
      this.#tables.undone();
      throw error;
    }
  }

  #one(op: Op): OpResult {
    switch (op.op) {
      case 'accept':
        return accept(this.#tables, op);
      case 'commit':
        return commit(this.#tables, op);
      case 'releaseDue':
        return releaseDue(this.#tables, op.now, op.max);
      case 'releaseLimited':
        return this.#limited.release(op.limitKey, op.max);
      case 'cancel':
        return cancel(this.#tables, op.processId, op.at, op.leased);
      case 'forget':
        return forget(this.#tables, op.endedBefore, op.max);
      case 'clearTimer':
        return clearTimer(this.#tables, op.id);
      case 'note':
        return note(this.#tables, op);
      case 'permits':
        return keepPermits(this.#tables, op);
      case 'records':
        return keepRecords(this.#tables, op);
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
