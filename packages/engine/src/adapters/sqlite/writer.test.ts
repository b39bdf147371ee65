import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import { encodeOps, type Group } from './codec.ts';
import { migrateFile, openReader, openWriter } from './database.ts';
import type { AcceptOp } from './operations.ts';
import { RedoLog } from './redo-log.ts';
import { start } from './testing/ops.ts';
import { Writer } from './writer.ts';

const startWith = (processId: string, body: string): AcceptOp =>
  start(processId, { row: null, body, blob: null, bytes: body.length });

test('a large group holds no memory once what it brought is in the tables', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-writer-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  migrateFile(directory);
  const writer = new Writer(openWriter(directory), new RedoLog(directory), new Checkpointer(directory), () => 0);
  const write = (...ops: AcceptOp[]): Group => {
    const group = encodeOps(ops);
    expect(writer.write(group).results).toEqual(ops.map(() => ({ ok: expect.objectContaining({ kind: 'ok' }) })));
    return group;
  };
  const bodies = ['a', 'b'].map((letter) => letter.repeat(700_000));
  const large = write(startWith('p1', bodies[0]!), startWith('p2', bodies[1]!));
  const small = write(startWith('p3', 'c'));
  expect(large.contents.length).toBe(1_400_000);

  writer.commit();

  expect(large.contents.length).toBe(0);
  expect(small.contents.length).toBe(1);
  const reader = openReader(directory);
  const rows = reader.prepare('SELECT body FROM payload ORDER BY id').all() as { body: string }[];
  expect(rows.map(({ body }) => String(body))).toEqual([...bodies, 'c']);
  reader.close();
  writer.close();
});
