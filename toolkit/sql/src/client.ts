// What the steps need of a database, whatever its driver.

import { type ApplicationContext, type Install, type Json, ServerApplication } from '@sluice/sdk';
import type { Dialect } from './dialect.ts';

export interface Statement {
  readonly sql: string;
  /** Bound, never put into the text. */
  readonly parameters: readonly Json[];
}

export type Row = Record<string, Json>;

export interface SqlResult {
  readonly rows: readonly Row[];
  /** Rows that were changed, or given. */
  readonly count: number;
}

export interface StatementOptions {
  /** More rows are not read: the answer has one more than this. */
  readonly maxRows: number;
  readonly timeoutMs: number;
}

export interface SqlClient {
  run(statement: Statement, options: StatementOptions): Promise<SqlResult>;
  /** All of the work or nothing of it; on one connection. */
  transaction<T>(work: (run: SqlClient['run']) => Promise<T>): Promise<T>;
}

export abstract class SqlApplication<C extends SqlClient = SqlClient> extends ServerApplication<C> {
  override readonly categories = ['databases'] as const;
  abstract readonly dialect: Dialect;
  /** Asks the database who it is. */
  protected abstract readonly versionQuery: string;

  override async test(context: ApplicationContext): Promise<string> {
    const { rows } = await this.use(context, (client, install) =>
      client.run({ sql: this.versionQuery, parameters: [] }, { maxRows: 1, timeoutMs: this.timeoutOf(install) }),
    );
    return `Connected: ${String(Object.values(rows[0] ?? {})[0] ?? this.name)}.`;
  }

  /** Milliseconds that one statement may take. */
  timeoutOf(install: Install): number {
    return Number(install.value('connection', 'timeoutS') ?? 30) * 1_000;
  }
}
