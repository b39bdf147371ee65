import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextBytes } from '@sluice/protocol/text';
import { expect, test } from 'vitest';
import { type Database, migrateFile, openWriter } from '../database.ts';
import type { CommitOp, MessageCopy, PayloadCopy } from '../operations.ts';
import { STATE } from '../schema.ts';
import { content, copy, QUEUE, start } from '../testing/ops.ts';
import { accept } from './accept.ts';
import { commit, commitChain } from './commit.ts';
import { Tables } from './tables.ts';

/** Short enough to stand in a trail. */
const BYTES = 8_000;

const repeated = (letter: string): PayloadCopy => content(new TextBytes(Buffer.from(letter.repeat(BYTES)), 0, BYTES));

const step = (processId: string, at: number, emitted: MessageCopy[]): CommitOp => ({
  ...{
    op: 'commit',
    id: `${processId}.${at}`,
    queue: QUEUE,
    processId,
    orderingKey: null,
    from: STATE.ready,
    attempt: 0,
  },
  ...{ at, durationMs: 1, move: { to: 'done', result: 'ok', reason: null }, emitted, answer: null, extras: null },
  delta: { total: emitted.length, done: 1, failed: 0, open: emitted.length - 1 },
});

/** Tables of a database of their own, in a transaction. */
function withTables<T>(use: (t: Tables, db: Database) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-unwritten-'));
  migrateFile(directory);
  const db = openWriter(directory);
  try {
    const t = new Tables(db);
    t.load();
    db.exec('BEGIN IMMEDIATE');
    return use(t, db);
  } finally {
    db.close();
    rmSync(directory, { recursive: true });
  }
}

test('what was written of processes that ended takes no room, and reads as it was', () =>
  withTables((t, db) => {
    // 48 MB in all, three times what is kept before it is written.
    for (let i = 0; i < 2_000; i++) {
      const id = `p${i}`;
      accept(t, start(id, repeated('a')));
      commit(t, step(id, 1, [copy(`${id}.2`, repeated('b'))]));
      commit(t, step(id, 2, [copy(`${id}.3`, repeated('c'))]));
      commit(t, step(id, 3, []));
      t.unwritten.flushEnded();
      expect(t.unwritten.isFull).toBe(false);
    }
    t.save(1);
    db.exec('COMMIT');
    expect(db.prepare('SELECT count(*) AS count FROM payload').get()).toEqual({ count: 0 });
    expect(db.prepare('SELECT count(*) AS count, sum(length(contents)) AS bytes FROM trail').get()).toEqual({
      count: 2_000,
      bytes: 2_000 * 3 * BYTES,
    });
  }));

test('steps of a chain leave what the same steps leave one by one', () => {
  const TABLES = ['process', 'trail', 'message', 'payload', 'queue', 'event', 'redo'];
  const left = (together: boolean) =>
    withTables((t, db) => {
      const results: unknown[] = [];
      const run = (steps: CommitOp[]): void => {
        const { steps: ran } = together ? commitChain(t, steps) : { steps: steps.map((op) => commit(t, op)) };
        results.push(ran!.length, ran!.at(-1));
      };
      const shared = repeated('s');
      for (const id of ['ends', 'goes-on', 'waits', 'passes-on']) accept(t, start(id, repeated('a')));
      run([step('ends', 1, [copy('ends.2', repeated('b'))]), step('ends', 2, [])]);
      run([
        step('goes-on', 1, [copy('goes-on.2', repeated('b'))]),
        step('goes-on', 2, [copy('goes-on.3', repeated('c'))]),
      ]);
      // The last one sends out two, of which one is held: that is no plain step.
      const two = [copy('waits.3', repeated('c')), { ...copy('waits.4', repeated('d')), held: 'a person' }];
      run([step('waits', 1, [copy('waits.2', repeated('b'))]), step('waits', 2, two)]);
      run([step('passes-on', 1, [copy('passes-on.2', shared)]), step('passes-on', 2, [copy('passes-on.3', shared)])]);
      // Nobody consumes it twice.
      run([step('goes-on', 1, [copy('goes-on.2', repeated('b'))])]);
      t.unwritten.flushEnded();
      t.save(1);
      db.exec('COMMIT');
      return { results, rows: TABLES.map((table) => db.prepare(`SELECT * FROM ${table}`).all()) };
    });
  const { results, rows } = left(false);
  expect(left(true)).toEqual({ results, rows });
  expect(results.at(-1)).toEqual({ kind: 'lost' });
  for (const [index, table] of TABLES.entries()) expect(rows[index], table).not.toHaveLength(0);
});
