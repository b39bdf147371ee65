// A data directory from a backup. It is checked and made ready beside what is there; what was there is moved aside whole
// and never removed.

import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { SluiceError } from '@sluice/protocol/errors';
import { placeOfBlob } from '../../core/blob.ts';
import { BACKUP_FORMAT, digestOf, syncFile } from './backup.ts';
import { type Database, lockDirectory } from './database.ts';
import { MIGRATIONS } from './schema.ts';

/** What of a data directory a backup holds. Keys, tokens and the lock stay where they are. */
const PARTS = ['sluice.db', 'sluice.db-wal', 'sluice.db-shm', 'redo.log', 'blobs'];

export interface Restored {
  readonly madeAt: number;
  readonly processes: number;
  /** Messages that wait or are to be worked on. */
  readonly messages: number;
  readonly blobs: number;
  /** The ledger of the restored store balances. */
  readonly balanced: boolean;
  /** Where what was there before is now; null = there was nothing. */
  readonly aside: string | null;
}

export interface RestoreOptions {
  /** Take the place of data that is there. */
  readonly replace?: boolean;
  readonly now: number;
}

/**
 * @throws SluiceError `backup.invalid`, `backup.would_replace`, `store.newer`, or `store.locked` while a platform runs there
 */
export function restoreStore(file: string, directory: string, { replace = false, now }: RestoreOptions): Restored {
  const unlock = lockDirectory(directory);
  const ready = join(directory, 'restore.part');
  try {
    const there = PARTS.filter((part) => existsSync(join(directory, part)));
    if (there.includes('sluice.db') && !replace) throw new SluiceError('backup.would_replace', { directory });
    rmSync(ready, { recursive: true, force: true });
    mkdirSync(ready, { mode: 0o700 });
    const found = unpack(file, ready);
    let aside: string | null = null;
    if (there.length > 0) {
      aside = join(directory, `before-restore-${new Date(now).toISOString().replace(/[:.]/g, '-')}`);
      mkdirSync(aside, { mode: 0o700 });
      for (const part of there) renameSync(join(directory, part), join(aside, part));
    }
    for (const part of PARTS) if (existsSync(join(ready, part))) renameSync(join(ready, part), join(directory, part));
    syncFile(directory);
    return { ...found, aside };
  } finally {
    rmSync(ready, { recursive: true, force: true });
    unlock();
  }
}

function unpack(file: string, ready: string): Omit<Restored, 'aside'> {
  const target = join(ready, 'sluice.db');
  copyFileSync(file, target);
  let db: Database | null = null;
  try {
    db = new DatabaseSync(target);
    const madeAt = check(db, file);
    const blobs = unpackBlobs(db, join(ready, 'blobs'), file);
    db.exec('DROP TABLE backup; DROP TABLE backup_blob; VACUUM;');
    const { owed, messages, processes } = db
      .prepare(
        `SELECT (SELECT coalesce(sum(accepted + emitted - finished), 0) FROM queue) AS owed,
           (SELECT count(*) FROM message WHERE state < 6) AS messages, (SELECT count(*) FROM process) AS processes`,
      )
      .get() as { owed: number; messages: number; processes: number };
    return { madeAt, processes, messages, blobs, balanced: owed === messages };
  } catch (cause) {
    if (cause instanceof SluiceError) throw cause;
    throw new SluiceError('backup.invalid', { file, reason: (cause as Error).message }, { cause });
  } finally {
    db?.close();
    if (existsSync(target)) syncFile(target);
  }
}

/** @returns when it was made */
function check(db: Database, file: string): number {
  const invalid = (reason: string): SluiceError => new SluiceError('backup.invalid', { file, reason });
  const [{ integrity_check: whole }] = db.prepare('PRAGMA integrity_check(1)').all() as [{ integrity_check: string }];
  if (whole !== 'ok') throw invalid(`it is damaged (${whole})`);
  const made = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name IN ('backup', 'backup_blob')").get();
  if ((made as { n: number }).n < 2) throw invalid('it was not made by `sluice backup`');
  const { made_at: madeAt, format } = db.prepare('SELECT * FROM backup').get() as { made_at: number; format: number };
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (format > BACKUP_FORMAT || version > MIGRATIONS.length)
    throw new SluiceError('store.newer', { found: version, known: MIGRATIONS.length });
  return madeAt;
}

function unpackBlobs(db: Database, root: string, file: string): number {
  let count = 0;
  for (const row of db.prepare('SELECT name, body FROM backup_blob').iterate()) {
    const { name, body } = row as { name: string; body: Uint8Array };
    const place = placeOfBlob(name);
    if (!place || digestOf(body) !== place[2])
      throw new SluiceError('backup.invalid', { file, reason: `a body in it is not what its name says (${name})` });
    const path = join(root, ...place);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body, { mode: 0o600, flush: true });
    count++;
  }
  return count;
}
