import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folder } from '@sluice/sdk';
import { liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { sqlSteps } from '@sluice/toolkit-sql';
import { sqlContract } from '@sluice/toolkit-sql/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { applications, Sqlite, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('SQLite, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

describe('R15: SQLite', () => {
  const root = mkdtempSync(join(tmpdir(), 'sluice-sqlite-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const application = new Sqlite(new Folder(root));
  const own = sqlSteps(application);
  const settings = { connection: { file: 'shop.db', create: true } };
  sqlContract({
    application,
    steps: own,
    settings,
    types: { integer: 'integer', text: 'text', big: 'integer', exact: 'text', json: 'text' },
  });

  test('no statement reaches another file, or changes how this one is kept', async () => {
    await using worker = liveWorker({ steps: own, installs: [{ application: 'sqlite', settings }] });
    for (const sql of [
      `ATTACH '${root}/other.db' AS other`,
      `VACUUM INTO '${root}/copy.db'`,
      'PRAGMA writable_schema = 1',
      "SELECT load_extension('x')",
    ])
      expect((await worker.run('sqlite-execute-statement', { sql })).kind, sql).toBe('fail');
    expect((await worker.run('sqlite-run-query', { sql: 'PRAGMA table_list' })).kind).toBe('forward');
  });

  test('a file is below the folder of the operator, or it is none', async () => {
    symlinkSync(tmpdir(), join(root, 'out'));
    const open = async (file: string, from: Sqlite = application, create = true) => {
      await using worker = liveWorker({
        steps: sqlSteps(from),
        installs: [{ application: 'sqlite', settings: { connection: { file, create } } }],
      });
      return (await worker.run('sqlite-run-query', { sql: 'SELECT 1' })).outcome;
    };
    for (const file of ['../x.db', '/etc/passwd', 'a/../../x.db', 'out/x.db', 'a\0b', 'C:\\x'])
      expect(await open(file), file).toMatchObject({ kind: 'fail', code: 'files.outside' });
    expect(await open('none.db', application, false)).toMatchObject({ kind: 'fail', code: 'sql.unknown_database' });
    expect(await open('x.db', new Sqlite())).toMatchObject({ kind: 'fail', code: 'files.no_root' });
  });
});
