import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isShared, shared } from '@sluice/protocol/memory';
import { TextBytes } from '@sluice/protocol/text';
import { expect, onTestFinished, test } from 'vitest';
import { Checkpointer } from './checkpointer.ts';
import type { Group } from './codec/group.ts';
import { encodeOps } from './codec/ops.ts';
import { migrateFile, openReader, openWriter } from './database.ts';
import type { AcceptOp } from './operations.ts';
import { RedoLog } from './redo-log.ts';
import { content, start } from './testing/ops.ts';
import { Writer } from './writer.ts';

const startWith = (processId: string, body: string | Uint8Array): AcceptOp => start(processId, content(body));

test('a large group holds no memory once it is in the log, and what it brought comes into the tables', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-writer-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  migrateFile(directory);
  const writer = new Writer(openWriter(directory), new RedoLog(directory), new Checkpointer(directory), () => 0);
  const write = (...ops: AcceptOp[]): Group => {
    const group = encodeOps(ops);
    expect(writer.write(group).results).toEqual(ops.map(() => ({ ok: expect.objectContaining({ kind: 'ok' }) })));
    return group;
  };
  const bodies = [...['a', 'ä'].map((letter) => letter.repeat(600_000)), Buffer.alloc(1_000, 7), 'c'];
  const large = write(...bodies.slice(0, 3).map((body, index) => startWith(`p${index}`, body)));
  const small = write(startWith('p3', bodies[3]!));
  expect(large.contents.map(({ length }) => length)).toEqual([0]);
  expect(small.contents.map(({ length }) => length)).toEqual([1]);

  const text = 'x'.repeat(1_048_576);
  const memory = shared(Buffer.from(text));
  const together = write(start('p4', content(new TextBytes(memory, 0, memory.length))));
  expect(together.contents.map(isShared)).toEqual([true]);
  memory.fill(0);
  bodies.push(text);

  writer.commit();

  const reader = openReader(directory);
  const rows = reader.prepare('SELECT body FROM payload ORDER BY id').all() as { body: string | Uint8Array }[];
  expect(rows.map(({ body }) => (typeof body === 'string' ? body : Buffer.from(body)))).toEqual(bodies);
  reader.close();
  writer.close();
});
