import { randomUUID } from 'node:crypto';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { sqlContract } from '@sluice/toolkit-sql/testing';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, type MySql, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('MySQL, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const there = await serviceAt({ port: 3306, programs: ['mariadbd', 'mysqld'] });

describe.skipIf(!there)('R15: MariaDB, the real one', async () => {
  beforeAll(() => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
  });
  afterAll(() => {
    delete process.env[ALLOWED_ADDRESSES];
  });
  const database = `sluice_${randomUUID().slice(0, 8)}`;
  const connection = { host: '127.0.0.1', database, tls: 'off' };
  const credentials = { user: 'root' };
  if (there) await administer(`CREATE DATABASE ${database}`);
  afterAll(() => administer(`DROP DATABASE ${database}`));
  sqlContract({
    application: applications[0] as MySql,
    steps,
    settings: { connection, credentials },
    types: { integer: 'integer', text: 'varchar(200)', big: 'bigint', exact: 'decimal(30,2)', json: 'json' },
  });

  test('a value that does not fit is refused, also where rows that are there stay', async () => {
    await using worker = liveWorker({
      steps,
      installs: [{ application: 'mysql', settings: { connection, credentials } }],
    });
    await worker.run('mysql-execute-statement', { sql: 'CREATE TABLE small (id int PRIMARY KEY, name varchar(3))' });
    const input = { table: 'small', rows: [{ id: 1, name: 'longer' }], onConflict: 'ignore' };
    expect((await worker.run('mysql-insert-rows', input)).outcome).toMatchObject({
      kind: 'fail',
      code: 'sql.value_invalid',
    });
  });

  test('what the install says wrongly has a reason', async () => {
    const wrong = async (change: object, account = credentials) => {
      const settings = { connection: { ...connection, ...change }, credentials: account };
      await using worker = liveWorker({ steps, installs: [{ application: 'mysql', settings }] });
      return (await worker.run('mysql-run-query', { sql: 'SELECT 1' })).outcome;
    };
    expect(await wrong({}, { user: 'nobody' })).toMatchObject({ kind: 'fail', code: 'sql.login_refused' });
    expect(await wrong({ database: 'not_there' })).toMatchObject({ kind: 'fail', code: 'sql.unknown_database' });
    expect(await wrong({ port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: '10.0.0.1' })).toMatchObject({ kind: 'fail', code: 'connection.address_refused' });
    expect(await wrong({ tls: 'on' })).toMatchObject({ kind: 'fail', code: 'connection.no_tls' });
  });
});

async function administer(sql: string): Promise<void> {
  const connection = await createConnection({ host: '127.0.0.1', user: 'root' });
  await connection.query(sql);
  await connection.end();
}
