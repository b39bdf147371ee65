// A pool of connections to one database, as one user.

import { accountOf, Fail, GuardedSocket, type Install, setting, targetOf, tlsOf, withDeadline } from '@sluice/sdk';
import {
  cellOf,
  exactly,
  type SqlClient,
  type SqlResult,
  type Statement,
  type StatementOptions,
} from '@sluice/toolkit-sql';
import pg from 'pg';
import Cursor from 'pg-cursor';

/** After the server should have ended the statement itself. */
const GRACE_MS = 5_000;

export class PostgreSqlClient implements SqlClient {
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  static open(install: Install, timeoutMs: number, port: number): PostgreSqlClient {
    // Judged here, so that a host that is refused is said at once; each connection is judged again.
    const target = targetOf(install, port);
    const pool = new pg.Pool({
      ...accountOf(install),
      host: target.host,
      port: target.port,
      database: install.text('connection', 'database'),
      ssl: tlsOf(install) ?? false,
      stream: () => new GuardedSocket(targetOf(install, port)),
      max: Number(setting(install, 'connections', 5)),
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: timeoutMs,
      idle_in_transaction_session_timeout: timeoutMs + GRACE_MS,
      application_name: 'sluice',
      options: '-c timezone=UTC',
      types: { getTypeParser } as unknown as pg.CustomTypesConfig,
    });
    // A connection that breaks while nobody uses it is replaced by the pool; one that breaks under a statement, or after
    // it was given back as broken, has told whoever waits for it.
    pool.on('error', () => {});
    pool.on('connect', (connection) => connection.on('error', () => {}));
    return new PostgreSqlClient(pool);
  }

  run(statement: Statement, options: StatementOptions): Promise<SqlResult> {
    return this.#on((connection) => read(connection, statement, options));
  }

  transaction<T>(work: (run: SqlClient['run']) => Promise<T>): Promise<T> {
    return this.#on(async (connection) => {
      await connection.query('BEGIN');
      try {
        const done = await work((statement, options) => read(connection, statement, options));
        await connection.query('COMMIT');
        return done;
      } catch (error) {
        await connection.query('ROLLBACK');
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #on<T>(work: (connection: pg.PoolClient) => Promise<T>): Promise<T> {
    const connection = await this.#pool.connect();
    let broken = true;
    try {
      const done = await work(connection);
      broken = false;
      return done;
    } catch (error) {
      // What the server refused leaves the connection as it was, and so does what was refused here; whatever gave no
      // answer in time is still under way on it.
      broken = (error as { severity?: string }).severity !== 'ERROR' && !(error instanceof Fail);
      throw error;
    } finally {
      connection.release(broken);
    }
  }
}

/** Not more rows than asked for, and one, however many the statement gives. */
async function read(
  connection: pg.PoolClient,
  { sql, parameters }: Statement,
  options: StatementOptions,
): Promise<SqlResult> {
  const { maxRows, timeoutMs } = options;
  const cursor = connection.query(new Cursor(sql, [...parameters], { types: { getTypeParser } } as never));
  const reading = new Promise<{ rows: Record<string, unknown>[]; count: number | null }>((resolve, reject) => {
    cursor.read(maxRows + 1, (error, rows, result) =>
      error ? reject(error) : resolve({ rows, count: result?.rowCount ?? null }),
    );
  });
  const { rows, count } = await withDeadline(reading, { ms: timeoutMs + GRACE_MS, what: 'The statement' });
  await cursor.close();
  const cells = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
  );
  return { rows: cells, count: Math.max(count ?? 0, cells.length) };
}

const TIMES = new Set([1082, 1083, 1114, 1184, 1266, 1186]);

/** Times stay as exact as they are, and numbers that JSON cannot hold stay digits. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format === 'binary') return pg.types.getTypeParser(oid, format);
  if (oid === 20) return exactly;
  if (oid === 1114 || oid === 1184) return isoOf;
  if (TIMES.has(oid)) return String;
  return pg.types.getTypeParser(oid, format);
}

/** `2026-01-31 12:00:00.5+00` → `2026-01-31T12:00:00.5Z` */
const isoOf = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');
