// What holds for every database, whatever its driver.

import { randomUUID } from 'node:crypto';
import type { AnyStep } from '@sluice/sdk';
import { type LiveWorker, liveWorker, type TestInstall } from '@sluice/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlApplication } from '../client.ts';
import { quoted } from '../dialect.ts';

export interface SqlContract {
  readonly application: SqlApplication;
  readonly steps: readonly AnyStep[];
  readonly settings: NonNullable<TestInstall['settings']>;
  /** `id integer not null primary key` and its like, in words of this database. */
  readonly types: {
    readonly integer: string;
    readonly text: string;
    readonly big: string;
    readonly exact: string;
    readonly json: string;
  };
}

/** A name that is SQL itself: quoting is what keeps it a name. */
const HOSTILE = `o"r\`d;--'x`;

export function sqlContract({ application, steps, settings, types }: SqlContract): void {
  const { key, dialect } = application;
  const table = `${HOSTILE}${randomUUID().slice(0, 8)}`;
  const mark = (number: number): string => dialect.placeholder(number);
  let worker: LiveWorker;
  const run = (verb: string, input: unknown, options = {}) => worker.run(`${key}-${verb}`, input, options);
  const rowsOf = async (sql: string, parameters: unknown[] = []) =>
    (await run('run-query', { sql, parameters })).json<{ rows: Record<string, unknown>[] }>().rows;
  const from = (): string => quoted(dialect, table);
  const create = `CREATE TABLE ${quoted(dialect, table)} (id ${types.integer} NOT NULL PRIMARY KEY, name ${types.text} NOT NULL UNIQUE, big ${types.big}, exact ${types.exact}, more ${types.json})`;

  beforeAll(async () => {
    worker = liveWorker({ steps, installs: [{ application: key, settings }] });
    expect((await run('execute-statement', { sql: create })).reason).toBe(null);
  });
  afterAll(async () => {
    await run('execute-statement', { sql: `DROP TABLE ${from()}` });
    await worker[Symbol.asyncDispose]();
    expect(worker.clients.size).toBe(0);
  });

  test(`R15: the connection to ${application.name} is tested, and says who answers`, async () => {
    const tested = await worker.invoke(application, { operation: 'test' } as never);
    expect(tested).toMatchObject({ ok: true, value: { detail: expect.stringMatching(/\d+\.\d+/) } });
  });

  test('values are bound, names are quoted: neither can be SQL', async () => {
    const name = `'); DROP TABLE ${table}; --`;
    const row = { id: 1, name, big: '9007199254740993', exact: '12345678901234567.89', more: { list: [1, null, 'é'] } };
    expect((await run('insert-rows', { table, rows: [row] })).json()).toEqual({ count: 1, repeated: false });
    const [read] = await rowsOf(`SELECT * FROM ${from()} WHERE name = ${mark(1)}`, [name]);
    expect({ ...read, more: typeof read!.more === 'string' ? JSON.parse(read!.more) : read!.more }).toEqual(row);
    for (const wrong of ['', 'a..b', 'a.b.c.d', 'a\0b', 'x'.repeat(200)])
      expect((await run('delete-rows', { table: wrong, where: { id: 1 } })).outcome, wrong).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
  });

  test('what the database refuses has a code of its own, and changes nothing', async () => {
    const count = async (): Promise<unknown> => (await rowsOf(`SELECT count(*) AS n FROM ${from()}`))[0]!.n;
    const before = await count();
    const refused: [string, object, string][] = [
      [
        'insert-rows',
        {
          table,
          rows: [
            { id: 70, name: 'a' },
            { id: 70, name: 'b' },
          ],
        },
        'unique_violation',
      ],
      ['insert-rows', { table, rows: [{ id: 71, name: null }] }, 'not_null_violation'],
      ['insert-rows', { table: 'not_there', rows: [{ id: 1 }] }, 'unknown_table'],
      ['insert-rows', { table, rows: [{ id: 72, name: 'a', other: 1 }] }, 'unknown_column'],
      ['run-query', { sql: 'SELEC 1' }, 'syntax_error'],
      ['run-query', { sql: `SELECT 1 FROM` }, 'syntax_error'],
    ];
    for (const [verb, input, code] of refused)
      expect((await run(verb, input)).outcome, JSON.stringify(input)).toMatchObject({
        kind: 'fail',
        code: `sql.${code}`,
      });
    const half = await run('run-transaction', {
      statements: [
        { sql: `INSERT INTO ${from()} (id, name) VALUES (${mark(1)}, ${mark(2)})`, parameters: [73, 'half'] },
        { sql: `INSERT INTO ${from()} (id, name) VALUES (${mark(1)}, ${mark(2)})`, parameters: [73, 'again'] },
      ],
    });
    expect(half.outcome).toMatchObject({ kind: 'fail', code: 'sql.unique_violation' });
    expect((await run('run-query', { sql: `SELECT 1; DROP TABLE ${from()}` })).kind).toBe('fail');
    expect(await count()).toBe(before);
  });

  test('inputs that mean every row, no row or another form are refused before anybody is asked', async () => {
    const refused: [string, object][] = [
      ['delete-rows', { table, where: {} }],
      ['update-rows', { table, set: { name: 'x' }, where: {} }],
      ['update-rows', { table, set: {}, where: { id: 1 } }],
      ['insert-rows', { table, rows: [] }],
      ['insert-rows', { table, rows: [{}] }],
      ['insert-rows', { table, rows: [1] }],
      ['upsert-rows', { table, rows: [{ name: 'x' }], key: ['id'] }],
      ['list-rows', { key: ['id'] }],
      ['list-rows', { table, sql: 'SELECT 1', key: ['id'] }],
      ['run-query', { sql: 'SELECT 1', parameters: { a: 1 } }],
      ['run-transaction', { statements: [] }],
    ];
    for (const [verb, input] of refused)
      expect((await run(verb, input)).outcome, `${verb} ${JSON.stringify(input)}`).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
  });

  test('a change that is to be made once is not made again when its message is repeated', async () => {
    const input = {
      sql: `INSERT INTO ${from()} (id, name) VALUES (${mark(1)}, ${mark(2)})`,
      parameters: [80, 'once'],
      once: true,
    };
    await run('execute-statement', { sql: `DELETE FROM sluice_done WHERE id = ${mark(1)}`, parameters: ['test-1'] });
    expect((await run('execute-statement', input)).json()).toMatchObject({ count: 1, repeated: false });
    expect((await run('execute-statement', input, { attempt: 2 })).json()).toMatchObject({ count: 0, repeated: true });
    await run('execute-statement', { sql: `DELETE FROM sluice_done WHERE id = ${mark(1)}`, parameters: ['test-1'] });
  });

  test('rows are changed by key, and the same again changes nothing more', async () => {
    const rows = [
      { id: 80, name: 'changed' },
      { id: 81, name: 'new', big: 5 },
    ];
    for (let time = 0; time < 2; time++)
      expect((await run('upsert-rows', { table, rows, key: ['id'] })).json()).toMatchObject({ count: 2 });
    expect(
      (await run('insert-rows', { table, rows: [...rows, { id: 82, name: 'third' }], onConflict: 'ignore' })).json(),
    ).toMatchObject({ count: 1 });
    expect((await run('update-rows', { table, set: { big: null }, where: { id: 81 } })).json()).toMatchObject({
      count: 1,
    });
    expect((await run('delete-rows', { table, where: { big: null, id: 81 } })).json()).toMatchObject({ count: 1 });
    expect(await rowsOf(`SELECT id, name FROM ${from()} WHERE id > 79 ORDER BY id`)).toEqual([
      { id: 80, name: 'changed' },
      { id: 82, name: 'third' },
    ]);
  });

  test('pages go on behind their key, each may be asked again, and none is larger than asked for', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({
      id: 100 + at,
      name: `row ${String(at % 3)} ${at}`,
      big: at % 3,
    }));
    expect((await run('insert-rows', { table, rows })).reason).toBe(null);
    const sql = `SELECT id, big FROM ${from()} WHERE id >= ${mark(1)}`;
    const input = { sql, parameters: [100], key: ['big', 'id'], pageSize: 10 };
    const pages = await worker.pages(`${key}-list-rows`, input);
    expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 5]);
    const ids = pages.flatMap(({ items }) => items.map((_, at) => at)).length;
    expect(ids).toBe(25);
    const all = pages.flatMap((page) => page.items.map((_, at) => page.json<{ id: number; big: number }>(at)));
    expect(all).toEqual([...all].sort((a, b) => a.big - b.big || a.id - b.id));
    expect(new Set(all.map(({ id }) => id)).size).toBe(25);
    const { cursor } = pages[0]!.outcome as { cursor: string };
    expect((await run('list-rows', input, { cursor })).items).toEqual(pages[1]!.items);
    for (const wrong of ['', '{', '[1]', '{"a":1}'])
      expect((await run('list-rows', input, { cursor: wrong })).kind, wrong).toBe('fail');
    const keyless = await run('list-rows', { table, key: ['exact'] });
    expect(keyless.outcome).toMatchObject({ kind: 'fail', code: 'sql.key_is_null' });
    expect((await run('run-query', { sql, parameters: [100], maxRows: 24 })).outcome).toMatchObject({
      kind: 'fail',
      code: 'sql.too_many_rows',
    });
    expect((await run('run-query', { sql, parameters: [100], maxRows: 25 })).json<{ count: number }>().count).toBe(25);
  });

  test('many steps at once share the connections of their install', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        rowsOf(`SELECT id FROM ${from()} WHERE id = ${mark(1)}`, [100 + (at % 25)]),
      ),
    );
    expect(answers.every((rows) => rows.length === 1)).toBe(true);
    expect(worker.clients.size).toBe(1);
  });
}
