import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import { sqliteStores } from '../../sqlite.ts';
import { loseMessage } from '../../testing/damage.ts';
import { acceptance, DONE, message, newProcessId, queue, step } from '../../testing/samples.ts';
import { totals } from '../../testing/store/opened.ts';
import { copyStoreFiles } from '../../testing/store-files.ts';
import { encodeOps } from './codec/ops.ts';
import { migrateFile, openReader, openWriter } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { MIGRATIONS } from './schema.ts';
import { startThread, stopThread } from './threads.ts';
import { placeInTrail } from './trail.ts';

/** Number of the record that the log of a store begins with. */
const firstRecord = (directory: string): number => Number(readFileSync(join(directory, 'redo.log')).readBigUInt64LE(8));

describe('trouble of the embedded store', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'sluice-trouble-'));
    folders.push(made);
    return made;
  };

  test('a full disk refuses what does not fit, keeps what was there, and goes on when there is room', async () => {
    const directory = folder();
    const full = await sqliteStores({ directory, maxPages: 80 });
    const accepted: string[] = [];
    let refused = 0;
    // The tables are full when they are committed, which is some time after they were written to.
    while (refused < 20 && accepted.length < 20_000) {
      const made = message(newProcessId(), 'm', { payload: { body: 'x'.repeat(2_000), blob: null, bytes: 2_000 } });
      await full.messages.accept(acceptance([made])).then(
        () => accepted.push(made.id),
        (error: { code: string }) => {
          expect(error.code).toBe('store.write_failed');
          refused++;
        },
      );
    }
    expect(accepted.length).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(10);
    expect(full.trouble()).toContain('full');
    expect(isBalanced(await totals(full))).toBe(true);
    await full.close();

    const roomy = await sqliteStores({ directory });
    const claimed = await roomy.messages.claim(queue('a'), accepted.length + 100);
    expect(claimed.map((made) => made.id)).toEqual(accepted);
    for (const made of claimed) expect(await roomy.messages.commit(step(made, DONE))).toMatchObject({ applied: true });
    expect(roomy.trouble()).toBeNull();
    await roomy.close();
  });

  test('a large commit is made in parts: what comes meanwhile is answered before it, and it holds everything from before', async () => {
    const stores = await sqliteStores({ directory: folder(), commitAfterMs: 60_000 });
    const process = newProcessId();
    const many = Array.from({ length: 5_000 }, (_, index) => message(process, `m${index}`));
    await stores.messages.accept(acceptance(many));
    const ended: string[] = [];
    const read = totals(stores).then((ledger) => {
      ended.push('read');
      return ledger;
    });
    await stores.messages.accept(acceptance([message(newProcessId(), 'm')])).then(() => ended.push('accepted'));
    const ledger = await read;
    expect(ended).toEqual(['accepted', 'read']);
    expect(ledger.emitted).toBeGreaterThanOrEqual(5_000);
    expect(isBalanced(ledger)).toBe(true);
    expect((await stores.messages.claim(queue('a'), 10_000)).length).toBe(5_001);
    await stores.close();
  });

  test('a log that cannot grow is emptied into the tables, and what is larger than all of it is refused', async () => {
    const stores = await sqliteStores({ directory: folder(), maxLogBytes: 20_000 });
    const accept = async (bytes: number): Promise<string> => {
      const made = message(newProcessId(), 'm', { payload: { body: 'x'.repeat(bytes), blob: null, bytes } });
      await stores.messages.accept(acceptance([made]));
      return made.id;
    };
    const accepted: string[] = [];
    for (let i = 0; i < 20; i++) accepted.push(await accept(2_000));
    await expect(accept(30_000)).rejects.toMatchObject({ code: 'store.write_failed' });
    expect(stores.trouble()).toContain('full');
    accepted.push(await accept(2_000));
    expect(stores.trouble()).toBeNull();
    expect(isBalanced(await totals(stores))).toBe(true);
    expect((await stores.messages.claim(queue('a'), 100)).map((made) => made.id)).toEqual(accepted);
    await stores.close();
  });

  test('when nothing is written for a while the tables are brought to safety, and the log begins again', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const sizeOf = (name: string): number => statSync(join(directory, name)).size;
    const accept = async (count: number): Promise<void> => {
      const payload = { body: 'x'.repeat(2_000), blob: null, bytes: 2_000 };
      const starts = Array.from({ length: count }, () => message(newProcessId(), 'm', { payload }));
      await Promise.all(starts.map((made) => stores.messages.accept(acceptance([made]))));
    };
    await accept(4_000);
    expect(firstRecord(directory)).toBe(1);
    await vi.waitFor(() => expect(sizeOf('sluice.db')).toBeGreaterThan(8_000_000), { timeout: 20_000 });
    await vi.waitFor(
      async () => {
        await accept(1);
        expect(firstRecord(directory)).toBeGreaterThan(1);
      },
      { timeout: 30_000, interval: 1_500 },
    );
    expect(isBalanced(await totals(stores))).toBe(true);
    await stores.close();
  });

  test('a log that cannot grow waits for the checkpoint beside, and refuses nothing', async () => {
    const stores = await sqliteStores({
      directory: folder(),
      commitAfterMs: 1,
      checkpointBytes: 50_000,
      maxLogBytes: 60_000,
    });
    const accepted: string[] = [];
    for (let i = 0; i < 300; i++) {
      const made = message(newProcessId(), 'm', { payload: { body: 'x'.repeat(5_000), blob: null, bytes: 5_000 } });
      await stores.messages.accept(acceptance([made]));
      accepted.push(made.id);
    }
    expect((await stores.messages.claim(queue('a'), 1_000)).map(({ id }) => id)).toEqual(accepted);
    expect(stores.trouble()).toBeNull();
    await stores.close();
  });

  test('E1: the log begins again while messages come, and a copy of the files has them all', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory, commitAfterMs: 5, checkpointBytes: 200_000 });
    const accepted: string[] = [];
    const begunAgain = new Set<number>();
    while (begunAgain.size < 3) {
      const made = message(newProcessId(), 'm', { payload: { body: 'x'.repeat(5_000), blob: null, bytes: 5_000 } });
      await stores.messages.accept(acceptance([made]));
      accepted.push(made.id);
      if (firstRecord(directory) > 1) begunAgain.add(firstRecord(directory));
    }
    // Whoever reads waits for the tables; after that nothing is written while it is copied.
    await totals(stores);
    const copy = folder();
    copyStoreFiles(directory, copy);
    const again = await sqliteStores({ directory: copy });
    expect((await again.messages.claim(queue('a'), accepted.length + 1)).map(({ id }) => id)).toEqual(accepted);
    expect(isBalanced(await totals(again))).toBe(true);
    await again.close();
    await stores.close();
  });

  test('E1: what was acknowledged is in a copy of the files, taken before any commit of the tables', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const ends: string[] = [];
    for (let i = 0; i < 30; i++) {
      const made = message(newProcessId(), 'm', { payload: { body: new Uint8Array([0xff, i]), blob: null, bytes: 2 } });
      await stores.messages.accept(acceptance([made], { idempotencyKey: `key-${i}`, bodyDigest: 'd' }));
      if (i % 3 === 0) continue;
      const [claimed] = (await stores.messages.claim(queue('a'), 100)).filter(({ id }) => id === made.id);
      const child = message(made.processId, 'child', {
        queue: queue('b'),
        parentId: made.id,
        payload: claimed!.payload,
      });
      await stores.messages.commit(step(claimed!, { to: 'done', result: 'forwarded' }, [child]));
      ends.push(child.id);
    }
    const copy = folder();
    copyStoreFiles(directory, copy);
    const again = await sqliteStores({ directory: copy });
    expect((await again.messages.claim(queue('b'), 100)).map(({ id }) => id)).toEqual(ends);
    expect(await again.messages.claim(queue('a'), 100)).toHaveLength(10);
    const total = await totals(again);
    expect(total).toMatchObject({ accepted: 30, emitted: 50, finished: 50 });
    expect(isBalanced(total)).toBe(true);
    const repeated = acceptance([message(newProcessId(), 'm')], { idempotencyKey: 'key-7', bodyDigest: 'd' });
    expect((await again.messages.accept(repeated)).kind).toBe('duplicate');
    await again.close();
    await stores.close();
  });

  test('a log that belongs to other tables is refused, and nothing is changed', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const made = message(newProcessId(), 'm');
    await stores.messages.accept(acceptance([made]));
    await stores.messages.accept(acceptance([message(newProcessId(), 'm')]));
    const other = folder();
    await (await sqliteStores({ directory: other })).close();
    // The second record of one store beside the tables of another that never saw the first.
    const log = readFileSync(join(directory, 'redo.log'));
    writeFileSync(join(other, 'redo.log'), log.subarray(80 + log.readUInt32LE(4)));
    await expect(sqliteStores({ directory: other })).rejects.toMatchObject({
      message: expect.stringContaining('redo'),
    });
    await stores.close();
  });

  test('one operation that cannot be written does not take its group with it, nor what the others carry', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory, commitAfterMs: 60_000 });
    const same = message(newProcessId(), 'same');
    const results = await Promise.allSettled([
      stores.messages.accept(acceptance([message(newProcessId(), 'a')])),
      stores.messages.accept(acceptance([same])),
      stores.messages.accept(acceptance([same], { processId: newProcessId() })),
      stores.messages.accept(acceptance([message(newProcessId(), 'b')])),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const copy = folder();
    copyStoreFiles(directory, copy);
    const claimed = await stores.messages.claim(queue('a'), 10);
    expect(claimed).toHaveLength(3);
    expect(isBalanced(await totals(stores))).toBe(true);
    // What the log says of them is applied again where the files were copied.
    const again = await sqliteStores({ directory: copy });
    for (const { processId, payload } of claimed)
      for (const reads of [stores.reads, again.reads])
        expect(await reads.content(processId)).toMatchObject({ payload: { body: payload.body, bytes: payload.bytes } });
    await again.close();
    await stores.close();
  });

  test('more than memory holds waits on disk, and every message comes once and in order', async () => {
    const stores = await sqliteStores({ directory: folder() });
    const body = JSON.stringify({ text: 'x'.repeat(6_000) });
    const payload = { body, blob: null, bytes: body.length };
    const ids: string[] = [];
    for (let i = 0; i < 50; i++) {
      const processId = newProcessId();
      const many = Array.from({ length: 100 }, (_, n) =>
        message(processId, `m${String(n).padStart(3, '0')}`, { payload: { ...payload } }),
      );
      ids.push(...many.map((made) => made.id));
      await stores.messages.accept(acceptance(many));
    }
    const seen: string[] = [];
    for (;;) {
      const claimed = await stores.messages.claim(queue('a'), 300);
      if (claimed.length === 0) break;
      seen.push(...claimed.map((made) => made.id));
      await Promise.all(claimed.map((made) => stores.messages.commit(step(made, DONE))));
    }
    expect(seen).toEqual(ids);
    await stores.close();
  });

  test('B2: a message that vanished makes the ledger unbalanced, and is named with its process and node', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const made = message(newProcessId(), 'm');
    await stores.messages.accept(acceptance([made]));
    const [claimed] = await stores.messages.claim(queue('a'), 1);
    const child = message(made.processId, 'child', { queue: queue('b'), parentId: made.id });
    await stores.messages.commit(step(claimed!, { to: 'done', result: 'forwarded' }, [child]));
    expect(await stores.reads.audit(100)).toEqual([]);
    loseMessage(directory, child.id);
    expect(isBalanced(await totals(stores))).toBe(false);
    expect(await stores.reads.audit(100)).toMatchObject([
      { processId: made.processId, node: 'a', messageId: made.id, expected: 2, found: 1 },
    ]);
    await stores.close();
  });

  test('B14: every step of the schema has a way back, and what waits in a new way waits for a person in the old one', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory });
    const processId = newProcessId();
    await stores.messages.accept(acceptance(['x', 'y', 'z'].map((name) => message(processId, name))));
    const [caller, part] = await stores.messages.claim(queue('a'), 2);
    const callee = newProcessId();
    const start = acceptance([message(callee, 'm', { queue: queue('b') })], {
      processId: callee,
      lineage: { businessKey: 'k', parent: { processId, messageId: caller!.id, relation: 'call' }, depth: 1 },
    });
    const waits = { to: 'called', processId: callee, dueAt: null, reason: 'r' } as const;
    await stores.messages.commit(step(caller!, waits, [], { starts: [start] }));
    await stores.messages.commit(step(part!, { to: 'collected', collection: 'C', place: null, reason: 'r' }));
    const before = await totals(stores);
    await stores.close();

    const db = openWriter(directory);
    for (const { down } of MIGRATIONS.slice(2).reverse()) db.exec(`BEGIN; ${down}; COMMIT;`);
    db.exec('PRAGMA user_version = 2');
    expect(db.prepare("SELECT count(*) AS n FROM message WHERE state = 4 AND result = 'held'").get()).toEqual({ n: 2 });
    expect(
      db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name IN ('lineage', 'timer', 'part')").get(),
    ).toEqual({ n: 0 });
    db.close();

    const again = await sqliteStores({ directory });
    const after = await totals(again);
    expect(isBalanced(after)).toBe(true);
    expect({ ...after, delayed: 0, held: 0 }).toEqual({
      ...before,
      delayed: 0,
      held: 0,
      queued: before.queued + before.leased,
      leased: 0,
    });
    expect(after).toMatchObject({ held: 2, delayed: 0 });
    expect(await again.messages.claim(queue('b'), 10)).toHaveLength(1);
    await again.close();
  });

  test('B14: trails become rows again on the way back, and what is finished reads as before', async () => {
    const directory = folder();
    const stores = await sqliteStores({ directory, commitAfterMs: 60_000 });
    const made = message(newProcessId(), 'm', { payload: { body: '{"größe":"数"}', blob: null, bytes: 17 } });
    await stores.messages.accept(acceptance([made]));
    const [claimed] = await stores.messages.claim(queue('a'), 1);
    const child = message(made.processId, 'child', { queue: queue('b'), parentId: made.id, headers: { 'x-a': '1' } });
    await stores.messages.commit(step(claimed!, { to: 'done', result: 'forwarded' }, [child]));
    const [second] = await stores.messages.claim(queue('b'), 1);
    await stores.messages.commit(step(second!, DONE));
    const history = async (of: typeof stores) => (await of.reads.history(made.processId, { limit: 10 })).items;
    const before = await history(stores);
    const content = await stores.reads.content(made.processId);
    expect(before.map(({ state }) => state)).toEqual(['done', 'done']);
    await stores.close();

    const db = openWriter(directory);
    expect(db.prepare('SELECT count(*) AS n FROM message').get()).toEqual({ n: 0 });
    expect(db.prepare('SELECT payload FROM process').all()).toEqual([{ payload: placeInTrail(0) }]);
    expect(db.prepare('SELECT count(*) AS n FROM payload').get()).toEqual({ n: 0 });
    for (const { down } of MIGRATIONS.slice(1).reverse()) db.exec(`BEGIN; ${down}; COMMIT;`);
    db.exec('PRAGMA user_version = 1');
    expect(
      db.prepare('SELECT m.id, p.body FROM message m JOIN payload p ON p.id = m.payload ORDER BY seq').all(),
    ).toEqual([
      { id: made.id, body: '{"größe":"数"}' },
      { id: child.id, body: child.payload.body },
    ]);
    db.close();

    const again = await sqliteStores({ directory });
    // A clone is without what the store notes for itself.
    expect(structuredClone(await history(again))).toEqual(structuredClone(before));
    expect(await again.reads.content(made.processId)).toEqual(content);
    await again.close();
  });

  test('a store that was closed writes and reads nothing more, also when another got its threads', async () => {
    const closed = await sqliteStores({ directory: folder() });
    await closed.close();
    const other = await sqliteStores({ directory: folder() });
    const accept = () => closed.messages.accept(acceptance([message(newProcessId(), 'm')]));
    await expect(accept()).rejects.toMatchObject({ code: 'store.write_failed' });
    await expect(closed.reads.processes({}, { limit: 1 })).rejects.toMatchObject({ code: 'store.read_failed' });
    expect((await other.reads.processes({}, { limit: 1 })).items).toEqual([]);
    await other.close();
  });

  test('closing waits for the sync under way, refuses what comes after, and leaves the thread as it was', async () => {
    for (let round = 0; round < 20; round++) {
      const directory = folder();
      migrateFile(directory);
      const thread = await startThread('write-thread', { directory });
      const writes = new GroupCommit(thread);
      const inTime = writes.run({ op: 'clearTimer', id: 'a' });
      await new Promise(setImmediate);
      const closed = stopThread(thread);
      // Past the store's own order of things, as whoever goes on beside its end may.
      thread.postMessage(encodeOps([{ op: 'clearTimer', id: 'b' }]));
      const late = expect(writes.run({ op: 'clearTimer', id: 'c' })).rejects;
      await Promise.all([
        expect(inTime).resolves.toMatchObject({ kind: 'ok' }),
        late.toMatchObject({ code: 'store.write_failed' }),
        closed,
      ]);
    }
  });

  test('data of a newer version is refused and left alone', async () => {
    const directory = folder();
    await (await sqliteStores({ directory })).close();
    const db = openWriter(directory);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(sqliteStores({ directory })).rejects.toMatchObject({ code: 'store.newer' });
    const reader = openReader(directory);
    expect(reader.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    reader.close();
  });
});
