// The one thread that writes. Groups of operations come in, are applied and logged, and are answered once the log is
// synced; while one group syncs, the next is applied.

import { parentPort, workerData } from 'node:worker_threads';
import { encodeReply, type Group } from './codec.ts';
import { openWriter, walBytes } from './database.ts';
import { RedoLog } from './redo-log.ts';
import { Writer } from './writer.ts';

/** What was written is shown to readers, and its place in the log set free, after this long at the latest. */
const COMMIT_AFTER_MS = 200;

export type Request = Group | { readonly do: 'publish' | 'close' };
export type Answer = unknown[] | { readonly did: 'open' | 'publish' | 'close'; readonly failed?: string };

const {
  directory,
  maxPages,
  maxLogBytes,
  commitAfterMs = COMMIT_AFTER_MS,
} = workerData as {
  directory: string;
  maxPages?: number;
  maxLogBytes?: number;
  commitAfterMs?: number;
};
const log = new RedoLog(directory, maxLogBytes);
const writer = new Writer(openWriter(directory, maxPages), log, () => walBytes(directory));
const port = parentPort!;

/** Answers to groups that are in the log but not synced. */
let unsynced: unknown[][] = [];
let syncing = false;
let commitTimer: NodeJS.Timeout | null = null;

const tell = (answer: Answer): void => port.postMessage(answer);

function sync(): void {
  if (syncing || unsynced.length === 0) return;
  const answers = unsynced;
  unsynced = [];
  syncing = true;
  log.sync((error) => {
    // After a failed sync nobody knows what is on disk: the thread ends, and the next start reads what is.
    if (error) throw error;
    syncing = false;
    sync();
    for (const answer of answers) tell(answer);
  });
}

/** @returns why it was not possible */
function commit(): string | undefined {
  if (commitTimer) clearTimeout(commitTimer);
  commitTimer = null;
  try {
    writer.commit();
    return undefined;
  } catch (error) {
    commitSoon();
    return error instanceof Error ? error.message : String(error);
  }
}

function commitSoon(): void {
  commitTimer ??= setTimeout(commit, commitAfterMs);
}

port.on('message', (request: Request) => {
  if ('text' in request) {
    unsynced.push(encodeReply(writer.write(request)));
    sync();
    writer.tidy();
    commitSoon();
  } else if (request.do === 'publish') tell({ did: 'publish', failed: commit() });
  else {
    if (commitTimer) clearTimeout(commitTimer);
    writer.close();
    tell({ did: 'close' });
    port.close();
  }
});
tell({ did: 'open' });
