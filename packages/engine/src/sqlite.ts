// Door of the embedded store: one file, one process, every commit synced.

import { join } from 'node:path';
import { fileBlobs } from './adapters/blobs/file-blobs.ts';
import { sqliteAudit } from './adapters/sqlite/audit-store.ts';
import { Copies } from './adapters/sqlite/copies.ts';
import { sqliteData } from './adapters/sqlite/data-store.ts';
import { lockDirectory, migrateFile } from './adapters/sqlite/database.ts';
import { GroupCommit } from './adapters/sqlite/group-commit.ts';
import { SqliteMessageStore } from './adapters/sqlite/message-store.ts';
import { ReadClient } from './adapters/sqlite/read-client.ts';
import { SqliteReadModel } from './adapters/sqlite/read-model.ts';
import { sqliteLimits, sqliteRecords } from './adapters/sqlite/small-stores.ts';
import { startThread, stopThread, type Thread } from './adapters/sqlite/threads.ts';
import type { BackupMade, Stores } from './ports/stores.ts';

export { type Restored, type RestoreOptions, restoreStore } from './adapters/sqlite/restore.ts';

export interface SqliteOptions {
  /** Folder for the file, its log and the blobs; made when missing. */
  readonly directory: string;
  /** Cap on the file in pages of 16 KiB; for tests of a full disk. */
  readonly maxPages?: number;
  /** Cap on the redo log in bytes; for tests of a full disk. */
  readonly maxLogBytes?: number;
  /** When the tables follow the log at the latest; for tests that must not be cut in two by it. */
  readonly commitAfterMs?: number;
  /** Size of the log from which on it is begun again; for tests. */
  readonly checkpointBytes?: number;
}

/**
 * Open the store of a directory.
 * @throws SluiceError `store.locked` while another process has it, `store.newer` when a newer version wrote it
 */
export async function sqliteStores({
  directory,
  maxPages,
  maxLogBytes,
  commitAfterMs,
  checkpointBytes,
}: SqliteOptions): Promise<Stores> {
  const unlock = lockDirectory(directory);
  try {
    migrateFile(directory);
    const [writer, reader] = await startBoth(
      startThread('write-thread', { directory, maxPages, maxLogBytes, commitAfterMs, checkpointBytes }),
      startThread('read-thread', { directory }),
    );
    const writes = new GroupCommit(writer);
    const reads = new ReadClient(reader, writes);
    const copies = new Copies();
    const messages = new SqliteMessageStore(writes, reads, copies);
    await messages.load();
    return {
      messages,
      reads: new SqliteReadModel(reads, copies, messages),
      limits: sqliteLimits(writes, reads),
      records: sqliteRecords(writes, reads),
      data: sqliteData(writes, reads),
      blobs: fileBlobs(join(directory, 'blobs')),
      audit: sqliteAudit(writes, reads),
      trouble: () => writes.trouble,
      async backup(file) {
        await writes.publish();
        let made: BackupMade | undefined;
        const thread = await startThread('backup-thread', { directory, file, now: Date.now() }, (answer) => {
          made = answer as BackupMade;
        });
        await thread.worker.terminate();
        return made!;
      },
      async close() {
        await messages.close();
        await reads.close();
        await stopThread(reader);
        await stopThread(writer);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Each takes as long to start as the other. When one does not, the other is ended as well. */
async function startBoth(writing: Promise<Thread>, reading: Promise<Thread>): Promise<[Thread, Thread]> {
  try {
    return await Promise.all([writing, reading]);
  } catch (error) {
    for (const one of await Promise.allSettled([writing, reading]))
      if (one.status === 'fulfilled') await one.value.worker.terminate();
    throw error;
  }
}
