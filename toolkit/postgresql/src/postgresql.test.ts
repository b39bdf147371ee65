import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { sqlContract } from '@sluice/toolkit-sql/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, type PostgreSql, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('PostgreSQL, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const connection = { host: '127.0.0.1', port: 5432, database: 'postgres', tls: 'off' };
const credentials = { user: 'postgres' };
const there = await serviceAt({ port: 5432, programs: ['psql', 'pg_ctlcluster'] });

describe.skipIf(!there)('R15: PostgreSQL, the real one', () => {
  beforeAll(() => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
  });
  afterAll(() => {
    delete process.env[ALLOWED_ADDRESSES];
  });
  sqlContract({
    application: applications[0] as PostgreSql,
    steps,
    settings: { connection, credentials },
    types: { integer: 'integer', text: 'text', big: 'bigint', exact: 'numeric', json: 'jsonb' },
  });

  test('times and numbers are as exact as the database has them', async () => {
    await using worker = liveWorker({
      steps,
      installs: [{ application: 'postgresql', settings: { connection, credentials } }],
    });
    const sql =
      "SELECT '2026-01-31 12:00:00.123456+01'::timestamptz AS at, 'NaN'::float8 AS none, $1::bigint AS big, $2::text[] AS list";
    const answer = await worker.run('postgresql-run-query', { sql, parameters: ['9223372036854775807', ['a', 'b']] });
    expect(answer.json<{ rows: unknown[] }>().rows).toEqual([
      { at: '2026-01-31T11:00:00.123456Z', none: 'NaN', big: '9223372036854775807', list: ['a', 'b'] },
    ]);
  });

  test('what the install says wrongly has a reason: another database, a port where nobody is, a host that is not open', async () => {
    const wrong = async (change: object) => {
      const settings = { connection: { ...connection, ...change }, credentials };
      await using worker = liveWorker({ steps, installs: [{ application: 'postgresql', settings }] });
      return (await worker.run('postgresql-run-query', { sql: 'SELECT 1' })).outcome;
    };
    expect(await wrong({ database: 'not_there' })).toMatchObject({ kind: 'fail', code: 'sql.unknown_database' });
    expect(await wrong({ port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: '10.0.0.1' })).toMatchObject({ kind: 'fail', code: 'connection.address_refused' });
    expect(await wrong({ tls: 'on' })).toMatchObject({ kind: 'fail' });
  });

  test('a connection that breaks under a step repeats it, and the next one has a new connection', async () => {
    await using worker = liveWorker({
      steps,
      installs: [{ application: 'postgresql', settings: { connection, credentials } }],
    });
    const broken = await worker.run('postgresql-run-query', { sql: 'SELECT pg_terminate_backend(pg_backend_pid())' });
    expect(broken.kind).toBe('redeliver');
    expect((await worker.run('postgresql-run-query', { sql: 'SELECT 1 AS one' })).json()).toMatchObject({ count: 1 });
  });
});
