// A pool of connections to one database, as one user.

import { connect } from 'node:net';
import { accountOf, type Install, setting, targetOf, tlsOf, withDeadline } from '@sluice/sdk';
import { cellOf, type SqlClient, type SqlResult, type Statement, type StatementOptions } from '@sluice/toolkit-sql';
import { createPool, type Pool, type PoolConnection, type ResultSetHeader } from 'mysql2/promise';

export class MySqlClient implements SqlClient {
  readonly #pool: Pool;
  /** Most rows that a connection was told to give. */
  readonly #limits = new WeakMap<object, number>();

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  static open(install: Install, port: number): MySqlClient {
    const target = targetOf(install, port);
    const tls = tlsOf(install);
    const { user, password } = accountOf(install);
    return new MySqlClient(
      createPool({
        ...(user === undefined ? {} : { user }),
        ...(password === undefined ? {} : { password }),
        host: target.host,
        port: target.port,
        database: install.text('connection', 'database'),
        ...(tls ? { ssl: { ...(tls as object), verifyIdentity: true } } : {}),
        // Each connection is judged where it is made.
        stream: () => connect(targetOf(install, port)),
        connectionLimit: Number(setting(install, 'connections', 5)),
        connectTimeout: 10_000,
        maxIdle: 1,
        idleTimeout: 30_000,
        maxPreparedStatements: 100,
        // A server cannot ask for files of this machine; a change that changes nothing counts nothing.
        flags: ['-LOCAL_FILES', '-FOUND_ROWS'],
        multipleStatements: false,
        dateStrings: true,
        supportBigNumbers: true,
        timezone: 'Z',
        charset: 'utf8mb4',
      }),
    );
  }

  run(statement: Statement, options: StatementOptions): Promise<SqlResult> {
    return this.#on((connection) => this.#read(connection, statement, options));
  }

  transaction<T>(work: (run: SqlClient['run']) => Promise<T>): Promise<T> {
    return this.#on(async (connection) => {
      await connection.beginTransaction();
      try {
        const done = await work((statement, options) => this.#read(connection, statement, options));
        await connection.commit();
        return done;
      } catch (error) {
        await connection.rollback();
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #on<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await this.#pool.getConnection();
    try {
      const done = await work(connection);
      connection.release();
      return done;
    } catch (error) {
      // What the server refused leaves the connection as it was.
      if ((error as { sqlState?: string }).sqlState === undefined) connection.destroy();
      else connection.release();
      throw error;
    }
  }

  async #read(
    connection: PoolConnection,
    { sql, parameters }: Statement,
    options: StatementOptions,
  ): Promise<SqlResult> {
    const { maxRows, timeoutMs } = options;
    const wire = connection.connection;
    if (this.#limits.get(wire) !== maxRows) {
      await connection.query(`SET SESSION sql_select_limit = ${maxRows + 1}`);
      this.#limits.set(wire, maxRows);
    }
    const asked = connection.execute(sql, [...parameters] as never);
    const [result] = await withDeadline(asked, { ms: timeoutMs, what: 'The statement' });
    if (!Array.isArray(result)) return { rows: [], count: (result as ResultSetHeader).affectedRows };
    const rows = (result as Record<string, unknown>[]).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
    );
    return { rows, count: rows.length };
  }
}
