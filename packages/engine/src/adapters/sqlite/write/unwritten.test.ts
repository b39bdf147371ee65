import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextBytes } from '@sluice/protocol/text';
import { expect, test } from 'vitest';
import { migrateFile, openWriter } from '../database.ts';
import type { CommitOp, MessageCopy, PayloadCopy } from '../operations.ts';
import { STATE } from '../schema.ts';
import { content, copy, QUEUE, start } from '../testing/ops.ts';
import { accept } from './accept.ts';
import { commit } from './commit.ts';
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

test('what was written of processes that ended takes no room, and reads as it was', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-unwritten-'));
  migrateFile(directory);
  const db = openWriter(directory);
  try {
    const t = new Tables(db);
    t.load();
    db.exec('BEGIN IMMEDIATE');
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
  } finally {
    db.close();
    rmSync(directory, { recursive: true });
  }
});
