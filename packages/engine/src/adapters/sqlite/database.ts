// Opening the file: the driver, the pragmas that make "committed" mean "on disk", the lock, the migrations.

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { SluiceError } from '@sluice/protocol/errors';
import { MIGRATIONS } from './schema.ts';

export type Database = InstanceType<typeof DatabaseSync>;
export type Statement = ReturnType<Database['prepare']>;

const fileOf = (directory: string): string => join(directory, 'sluice.db');

/** Bytes of the write-ahead log of the file. */
export const walBytes = (directory: string): number =>
  statSync(`${fileOf(directory)}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/**
 * The writing connection. What makes a message safe (E1) is the sync of the redo log; the file itself needs to be whole
 * after a power cut, not new: write-ahead log with `synchronous = NORMAL`, and checkpoints only when the writer says so.
 * @param maxPages  cap on the size of the file, in pages of 16 KiB; for tests of a full disk
 */
export function openWriter(directory: string, maxPages?: number): Database {
  const db = new DatabaseSync(fileOf(directory));
  // A trail, most of what is written, fills a good part of such a page; of smaller ones it would need several, each with a
  // page of its own in the log. It holds for files made from now on. What is written is hardly ever read again, so a larger
  // cache would only hold more of it until the commit.
  db.exec(`
    PRAGMA busy_timeout = 10000;
    PRAGMA page_size = 16384;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -4096;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA temp_store = MEMORY;
  `);
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
  return db;
}

/**
 * Bring what is committed from the write-ahead log into the file, both synced. Nobody is waited for: what a reader still
 * sees, and what is committed meanwhile, is left for the next time.
 * @returns whether all of it is there now
 */
export function checkpoint(db: Database): boolean {
  const { busy, log, checkpointed } = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as {
    busy: number;
    log: number;
    checkpointed: number;
  };
  return busy === 0 && log === checkpointed;
}

/** A reading connection beside the writer; sees the last committed state. */
export function openReader(directory: string): Database {
  const db = new DatabaseSync(fileOf(directory), { readOnly: true });
  db.exec('PRAGMA busy_timeout = 10000; PRAGMA cache_size = -8192;');
  return db;
}

/**
 * Bring the file to the form this version knows; make it when there is none.
 * @throws SluiceError `store.newer`
 */
export function migrateFile(directory: string): void {
  const db = openWriter(directory);
  try {
    migrate(db);
  } finally {
    db.close();
  }
}

function migrate(db: Database): void {
  const found = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  if (found > MIGRATIONS.length) throw new SluiceError('store.newer', { found, known: MIGRATIONS.length });
  for (let version = found; version < MIGRATIONS.length; version++) {
    db.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[version]!.up}; PRAGMA user_version = ${version + 1}; COMMIT;`);
  }
}

/**
 * Take the data directory for this process. The lock is an open transaction on a file of its own, so the operating
 * system lets go of it whenever and however the process ends.
 * @returns lets go
 * @throws SluiceError `store.locked`
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holderFile = join(directory, 'holder.json');
  const db = new DatabaseSync(join(directory, 'lock.db'));
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (cause) {
    db.close();
    throw new SluiceError('store.locked', { directory, holder: describeHolder(holderFile) }, { cause });
  }
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

function describeHolder(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; since: string };
    return `pid ${pid}, since ${since}`;
  } catch {
    return 'its pid is not known';
  }
}
