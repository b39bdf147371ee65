// One file. Statements run in the thread of the worker, one after the other; a transaction keeps others waiting.

import { existsSync } from 'node:fs';
import { constants, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Fail } from '@sluice/sdk';
import { cellOf, type SqlClient, type SqlResult, type Statement, type StatementOptions } from '@sluice/toolkit-sql';

/** Reading what the schema is like changes nothing. */
const PRAGMAS = new Set(['table_info', 'table_xinfo', 'table_list', 'index_list', 'index_info', 'foreign_key_list']);
/** Other writers are waited for, but not for long: everybody else in this worker waits as well. */
const BUSY_MS = 500;

export class SqliteClient implements SqlClient {
  readonly #database: DatabaseSyncInstance;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  static open(path: string, { create, readOnly }: { create: boolean; readOnly: boolean }): SqliteClient {
    if (!create && !existsSync(path))
      throw new Fail('The file of the database is not there. The install can have it made.', {
        code: 'sql.unknown_database',
      });
    const database = new DatabaseSync(path, {
      readOnly,
      timeout: BUSY_MS,
      enableForeignKeyConstraints: true,
      // No second file is reached from the first one.
      limits: { attach: 0 },
    });
    database.enableDefensive(true);
    database.setAuthorizer((action, name) => {
      if (action === constants.SQLITE_ATTACH || action === constants.SQLITE_DETACH) return constants.SQLITE_DENY;
      if (action === constants.SQLITE_PRAGMA && !PRAGMAS.has(String(name).toLowerCase())) return constants.SQLITE_DENY;
      return constants.SQLITE_OK;
    });
    return new SqliteClient(database);
  }

  run(statement: Statement, options: StatementOptions): Promise<SqlResult> {
    return this.#inTurn(() => this.#read(statement, options));
  }

  transaction<T>(work: (run: SqlClient['run']) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const done = await work(async (statement, options) => this.#read(statement, options));
        this.#database.exec('COMMIT');
        return done;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    this.#database.close();
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  #read({ sql, parameters }: Statement, { maxRows }: StatementOptions): SqlResult {
    const statement = this.#database.prepare(sql);
    if (/[^\s;]/.test(behind(sql, statement.expandedSQL ?? '')))
      throw new Fail('One statement was expected, got several. run-transaction takes a list of them.', {
        code: 'step.input_invalid',
      });
    statement.setReadBigInts(true);
    const values = parameters.map(bound) as never[];
    if (statement.columns().length === 0) return { rows: [], count: Number(statement.run(...values).changes) };
    const rows: SqlResult['rows'][number][] = [];
    for (const row of statement.iterate(...values) as Iterable<Record<string, unknown>>) {
      rows.push(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
      if (rows.length > maxRows) break;
    }
    return { rows, count: rows.length };
  }
}

/**
 * What stands behind the first statement: SQLite would leave it out without a word.
 * @param expanded  the first statement with NULL for each placeholder
 */
function behind(sql: string, expanded: string): string {
  let at = 0;
  for (let seen = 0; seen < expanded.length; at++) {
    if (sql[at] === expanded[seen]) seen++;
    else if (sql[at] === '?' && expanded.startsWith('NULL', seen)) seen += 4;
    else throw new Fail('Placeholders are expected to be "?".', { code: 'step.input_invalid' });
  }
  return sql.slice(at).replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '');
}

const bound = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
};
