import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { DataStore } from '../../ports/data-store.ts';
import { sqliteStores } from '../../sqlite.ts';
import { acceptance, message, newProcessId, queue } from '../../testing/samples.ts';
import { copyStoreFiles } from '../../testing/store-files.ts';
import { PAGES } from './data-reader.ts';
import { sqliteData } from './data-store.ts';
import { migrateFile, openReader, openWriter } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { ReadClient } from './read-client.ts';
import { MIGRATIONS } from './schema.ts';
import { sqliteRecords } from './small-stores.ts';
import { startThread, stopThread } from './threads.ts';
import { SWEEPS } from './write/data-sweep.ts';
import type { Request } from './write-thread.ts';

const NOW = 1_000_000;
/** Form of the tables before there was data of connectors. */
const BEFORE = MIGRATIONS.findIndex(({ up }) => up.includes('CREATE TABLE data_entry'));

describe('data of connectors in the embedded store', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'sluice-data-'));
    folders.push(made);
    return made;
  };
  const contents = async (data: DataStore): Promise<unknown> => ({
    entries: await data.list('s', NOW, { limit: 1_000 }),
    items: await data.page('s', 'c', NOW, { limit: 1_000 }),
    lease: await data.acquire('s', 'lease', 'late', 1, NOW),
  });
  const rows = (directory: string): Record<string, number> => {
    const db = openReader(directory);
    const tables = ['data_entry', 'data_item', 'data_collection', 'data_lease'];
    const counted = tables.map((table): [string, number] => [
      table,
      (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n,
    ]);
    db.close();
    return Object.fromEntries(counted);
  };

  test('E1: what was acknowledged is in a copy of the files, with the same revisions, positions and fences', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const { data } = stores;
    for (let i = 0; i < 30; i++) {
      // Messages beside it, so that acts of both kinds are of the same groups.
      void stores.messages.accept(acceptance([message(newProcessId(), 'm')]));
      await Promise.all([
        data.set('s', `k\0${i % 7}`, { i, text: 'größe' }, NOW),
        data.set('s', 'once', i, NOW, { expected: null }),
        data.increment('s', 'count', i, NOW),
        data.append('s', 'c', [i, 'größe'], NOW),
      ]);
      if (i % 5 === 0) await data.delete('s', 'k\x003', NOW);
      if (i % 10 === 9)
        await data.remove('s', 'c', [(await data.page('s', 'c', NOW, { limit: 1 })).items[0]!.position], NOW);
    }
    const first = await data.acquire('s', 'lease', 'a', 10, NOW - 10);
    expect(await data.acquire('s', 'lease', 'b', 100, NOW)).toMatchObject({ acquired: true });
    const copy = folder();
    copyStoreFiles(directory, copy);
    const before = await contents(data);
    const again = await sqliteStores({ directory: copy });
    expect(await contents(again.data)).toEqual(before);
    const stale = { lease: { key: 'lease', fence: first.acquired ? first.fence : 0 } };
    expect(await again.data.set('s', 'token', 1, NOW, stale)).toMatchObject({ because: 'fence' });
    expect(await again.messages.claim(queue('a'), 100)).toHaveLength(30);
    // The next number is the same on both sides as well: nothing was applied twice.
    expect(await again.data.append('s', 'c', [1], NOW)).toEqual(await data.append('s', 'c', [1], NOW));
    await again.close();
    await stores.close();
  });

  test('changes in a group that another operation breaks are made once', async () => {
    const stores = await sqliteStores({ directory: folder() });
    const same = message(newProcessId(), 'same');
    const [counted, , , broken, first, second] = await Promise.allSettled([
      stores.data.increment('s', 'n', 1, NOW),
      stores.data.append('s', 'c', [1, 2], NOW),
      stores.messages.accept(acceptance([same])),
      stores.messages.accept(acceptance([same], { processId: newProcessId() })),
      stores.data.set('s', 'k', 1, NOW, { expected: null }),
      stores.data.set('s', 'k', 2, NOW, { expected: null }),
    ]);
    expect(broken).toMatchObject({ status: 'rejected' });
    expect(counted).toMatchObject({ value: { value: 1 } });
    expect(first).toMatchObject({ value: { written: true } });
    expect(second).toMatchObject({ value: { written: false, found: { value: 1 } } });
    expect(await stores.data.get('s', 'n', NOW)).toMatchObject({ value: 1 });
    expect(await stores.data.count('s', 'c', NOW)).toBe(2);
    await stores.close();
  });

  test('what is swept leaves no row behind, and a portion takes no more than it may', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const { data } = stores;
    for (let i = 0; i < 10; i++) {
      await data.set('s', `k${i}`, i, NOW, { expiresAt: NOW + 1 });
      await data.append('s', `c${i}`, [1, 2, 3], NOW, i % 2 === 0 ? { expiresAt: NOW + 1 } : {});
      await data.acquire('s', `l${i}`, 'h', 1, NOW);
    }
    for (let i = 1; i < 10; i += 2) await data.drop('s', `c${i}`, NOW);
    await data.count('s', 'c', NOW);
    expect(rows(directory)).toEqual({ data_entry: 10, data_item: 30, data_collection: 10, data_lease: 10 });
    const later = NOW + 2 * 86_400_000;
    const swept: number[] = [];
    while (swept.at(-1) !== 0) swept.push(await data.sweep(later, 7));
    expect(swept).toEqual([7, 7, 7, 7, 7, 7, 7, 1, 0]);
    await data.count('s', 'c', NOW);
    expect(rows(directory)).toEqual({ data_entry: 0, data_item: 0, data_collection: 0, data_lease: 0 });
    await stores.close();
  });

  test('a full disk refuses a change, keeps what was acknowledged, and never shows an older state', async () => {
    const directory = folder();
    const full = await sqliteStores({ directory, maxPages: 80 });
    const kept: string[] = [];
    for (let i = 0; i < 100; i++)
      await full.data.set('s', `k${String(i).padStart(3, '0')}`, 'x'.repeat(8_000), NOW).then(
        () => kept.push(`k${String(i).padStart(3, '0')}`),
        (error: { code: string }) => expect(error.code).toBe('store.write_failed'),
      );
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length).toBeLessThan(100);
    await full.data.list('s', NOW, { limit: 1_000 }).then(
      ({ items }) => expect(items.map(({ key }) => key)).toEqual(kept),
      (error: { code: string }) => expect(error.code).toBe('store.write_failed'),
    );
    await full.close();
    const roomy = await sqliteStores({ directory });
    expect((await roomy.data.list('s', NOW, { limit: 1_000 })).items.map(({ key }) => key)).toEqual(kept);
    await roomy.close();
  });

  test('who only reads data causes no commit of the tables, however many messages pass', async () => {
    const directory = folder();
    migrateFile(directory);
    const writer = await startThread('write-thread', { directory });
    const reader = await startThread('read-thread', { directory });
    const asked: unknown[] = [];
    const post = writer.postMessage.bind(writer);
    writer.postMessage = (request: Request, given: ArrayBuffer[]) => {
      asked.push('do' in request ? request.do : 'group');
      post(request, given);
    };
    const writes = new GroupCommit(writer);
    const reads = new ReadClient(reader, writes);
    const data = sqliteData(writes, reads);
    const records = sqliteRecords(writes, reads);
    await data.set('s', 'k', 1, NOW);
    expect(await data.get('s', 'k', NOW)).toMatchObject({ value: 1 });
    expect(asked.splice(0)).toEqual(['group', 'publish']);
    await records.write([{ collection: 'c', key: 'k', value: 1 }]);
    for (let i = 0; i < 3; i++) expect(await data.get('s', 'k', NOW)).toMatchObject({ value: 1 });
    expect(asked.splice(0)).toEqual(['group']);
    expect(await records.get('c', 'k')).toBe(1);
    expect(asked).toEqual(['publish']);
    await reads.close();
    await stopThread(reader);
    await stopThread(writer);
  });

  test('pages and sweeps go over an index, in its order', () => {
    const db = openWriter(folder());
    for (const { up } of MIGRATIONS) db.exec(up);
    for (const text of [...PAGES, ...SWEEPS]) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[];
      const slow = plan.filter(({ detail }) => /TEMP B-TREE|SCAN (?!.*USING)/.test(detail));
      expect(slow, text).toEqual([]);
    }
    db.close();
  });

  test('B14: the way back takes the data of connectors and leaves the messages; the way forth begins with none', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const made = message(newProcessId(), 'm');
    await stores.messages.accept(acceptance([made]));
    await stores.data.set('s', 'k', 1, NOW);
    await stores.data.append('s', 'c', [1], NOW);
    await stores.data.acquire('s', 'l', 'h', 1, NOW);
    await stores.close();

    const db = openWriter(directory);
    for (const { down } of MIGRATIONS.slice(BEFORE).reverse()) db.exec(`BEGIN; ${down}; COMMIT;`);
    db.exec(`PRAGMA user_version = ${BEFORE}`);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name LIKE 'data%'").get()).toEqual({ n: 0 });
    db.close();

    const again = await sqliteStores({ directory });
    expect((await again.messages.claim(queue('a'), 10)).map(({ id }) => id)).toEqual([made.id]);
    expect(await again.data.get('s', 'k', NOW)).toBeNull();
    expect(await again.data.set('s', 'k', 2, NOW)).toMatchObject({ written: true });
    await again.close();
  });
});
