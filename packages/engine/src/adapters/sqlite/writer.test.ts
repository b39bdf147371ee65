import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import { encodeOps, type Group } from './codec.ts';
import { migrateFile, openReader, openWriter } from './database.ts';
import type { AcceptOp } from './operations.ts';
import { RedoLog } from './redo-log.ts';
import { Writer } from './writer.ts';

/** A start with content that its one message carries on. */
function startWith(processId: string, body: string): AcceptOp {
  const payload = { row: null, body, blob: null, bytes: body.length };
  const common = { user: 'u', headers: '{}', contentType: 'text/plain', payload };
  const none = { idempotencyKey: null, bodyDigest: null, replayOf: null, extras: null };
  const start = { topology: 't', version: 1, startNode: 'in', startQueue: 't/1/in', at: 1_000 };
  const place = { queue: 't/1/a', held: null, parent: null, cursor: null, sameCursor: 0, orderingKey: null };
  const times = { dueAt: null, arrivedAt: 1_000, processStartedAt: 1_000 };
  const emitted = [{ id: `${processId}.1`, ...place, ...times, ...common }];
  return { op: 'accept', processId, ...start, ...common, ...none, emitted };
}

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
