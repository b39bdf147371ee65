import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sqliteStores } from '../../sqlite.ts';
import { openWriter } from './database.ts';
import { MIGRATIONS } from './schema.ts';

const BEFORE = MIGRATIONS.findIndex(({ up }) => up.includes('CREATE TABLE audit'));

describe('the audit log in the file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-audit-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('B14: the way back takes the audit log and leaves the records; the way forth begins with none', async () => {
    const stores = await sqliteStores({ directory });
    const row = { address: '', act: 'a', object: 'o', before: null, after: 1, status: 200, code: null } as const;
    const who = { kind: 'nobody', id: '', name: '' } as const;
    await stores.audit.append({ at: 1, who, outcome: 'done', ...row });
    await stores.records.write([{ collection: 'c', key: 'k', value: 1 }]);
    await stores.close();

    const db = openWriter(directory);
    for (const { down } of MIGRATIONS.slice(BEFORE).reverse()) db.exec(`BEGIN; ${down}; COMMIT;`);
    db.exec(`PRAGMA user_version = ${BEFORE}`);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name LIKE 'audit%'").get()).toEqual({ n: 0 });
    db.close();

    const again = await sqliteStores({ directory });
    expect(await again.audit.list({}, 10)).toEqual([]);
    expect(await again.records.get('c', 'k')).toBe(1);
    await again.audit.append({ at: 2, who, outcome: 'done', ...row });
    expect(await again.audit.list({}, 10)).toMatchObject([{ at: 2 }]);
    await again.close();
  });
});
