import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, expect, test, vi } from 'vitest';
import { CopyAhead } from './copy-ahead.ts';
import { checkpoint, type Database, openWriter } from './database.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-copy-ahead-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = (): string => mkdtempSync(join(root, 'd-'));

const fill = (db: Database, rows: number): void => {
  db.exec('CREATE TABLE IF NOT EXISTS things (text TEXT)');
  const insert = db.prepare('INSERT INTO things VALUES (?)');
  db.exec('BEGIN');
  for (let row = 0; row < rows; row++) insert.run('x'.repeat(1_000));
  db.exec('COMMIT');
};
/** Rows of the file alone, without its log. */
function rowsOfFile(directory: string): number {
  const copy = join(folder(), 'copy.db');
  copyFileSync(join(directory, 'sluice.db'), copy);
  const db = new DatabaseSync(copy);
  try {
    return (db.prepare('SELECT count(*) AS rows FROM things').get() as { rows: number }).rows;
  } catch {
    return 0;
  } finally {
    db.close();
  }
}
const copied = (ahead: CopyAhead): Promise<void> => vi.waitFor(() => expect(ahead.done).toBe(true), 20_000);

test('what is committed is copied into the file beside an open transaction, once for each checkpoint', async () => {
  const directory = folder();
  const db = openWriter(directory);
  const ahead = new CopyAhead(directory);
  fill(db, 100);
  expect(rowsOfFile(directory)).toBe(0);
  db.exec("BEGIN IMMEDIATE; INSERT INTO things VALUES ('not committed')");
  ahead.begin();
  await copied(ahead);
  expect(rowsOfFile(directory)).toBe(100);
  db.exec('COMMIT');

  ahead.begin();
  expect(ahead.done).toBe(true);
  expect(checkpoint(db)).toBe(true);
  expect(rowsOfFile(directory)).toBe(101);
  ahead.reset();
  expect(ahead.done).toBe(false);
  fill(db, 10);
  ahead.begin();
  await copied(ahead);
  expect(rowsOfFile(directory)).toBe(111);
  await ahead.close();
  db.close();
});

test('it ends what it has begun before it is closed', async () => {
  const directory = folder();
  const db = openWriter(directory);
  const ahead = new CopyAhead(directory);
  await ahead.close();
  fill(db, 5_000);
  ahead.begin();
  await ahead.close();
  expect(rowsOfFile(directory)).toBe(5_000);
  db.close();
});

test('a folder that cannot be used hinders nobody: the checkpoint itself will say so', async () => {
  const ahead = new CopyAhead(join(folder(), 'missing'));
  ahead.begin();
  await copied(ahead);
  await ahead.close();
});
