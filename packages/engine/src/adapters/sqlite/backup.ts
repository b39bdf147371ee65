// A backup: one file, which is a copy of the tables as they were at one instant, with the blobs they name beside them.
//
// The copy is made in one read transaction, so it is whole and balances whatever is written meanwhile, and nobody who
// writes waits for it. Its number of the redo log is of the same instant, so an empty log continues it. Bodies of ended
// processes that retention removes while the copy is made are left out, and counted.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { placeOfBlob } from '../../core/blob.ts';
import type { BackupMade } from '../../ports/stores.ts';
import { openReader } from './database.ts';

export const BACKUP_TABLES = `
  CREATE TABLE backup (made_at INTEGER NOT NULL, format INTEGER NOT NULL);
  CREATE TABLE backup_blob (name TEXT PRIMARY KEY, body BLOB NOT NULL);
`;
export const BACKUP_FORMAT = 1;

/** @param file  must not be there yet */
export function copyStore(directory: string, file: string, now: number): BackupMade {
  const source = openReader(directory);
  try {
    source.prepare('VACUUM INTO ?').run(file);
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(file);
  let blobs = 0;
  let missing = 0;
  try {
    copy.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; BEGIN;');
    copy.exec(BACKUP_TABLES);
    copy.prepare('INSERT INTO backup VALUES (?, ?)').run(now, BACKUP_FORMAT);
    const keep = copy.prepare('INSERT INTO backup_blob VALUES (?, ?)');
    const named = copy.prepare('SELECT DISTINCT blob FROM payload WHERE blob IS NOT NULL').all() as { blob: string }[];
    for (const { blob } of named) {
      const body = bodyOf(join(directory, 'blobs'), blob);
      if (body) keep.run(blob, body);
      if (body) blobs++;
      else missing++;
    }
    copy.exec('COMMIT');
  } finally {
    copy.close();
  }
  syncFile(file);
  return { bytes: statSync(file).size, madeAt: now, blobs, missing };
}

function bodyOf(root: string, blob: string): Buffer | null {
  const place = placeOfBlob(blob);
  if (!place) return null;
  try {
    return readFileSync(join(root, ...place));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
