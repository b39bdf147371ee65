// The one thread that writes. Groups of operations come in, are applied and logged, and are answered once the log is
// synced; while a slow disk syncs one group, the next is applied.

import { parentPort } from 'node:worker_threads';
import { collectSoon } from '@sluice/protocol/memory';
import { Checkpointer } from './checkpointer.ts';
import type { Group } from './codec/group.ts';
import { encodeReply } from './codec/reply.ts';
import { openWriter, walBytes } from './database.ts';
import { RedoLog } from './redo-log.ts';
import type { Order } from './threads.ts';
import { Writer } from './writer.ts';

/** What was written is shown to readers, and its place in the log set free, after this long at the latest. */
const COMMIT_AFTER_MS = 200;
/** Nothing was written for so long: the thread has time for what would hold others up. */
const REST_AFTER_MS = 500;
/** So many messages of a large commit are written at a time: groups that come meanwhile are answered in between. */
const PART = 256;
/** So many messages that entered are what a large batch brought: they are not kept until others are due, and are old by then. */
const MANY = 4_096;

interface Opening {
  readonly directory: string;
  readonly maxPages?: number;
  readonly maxLogBytes?: number;
  readonly commitAfterMs?: number;
  readonly checkpointBytes?: number;
}

export type Request = Group | { readonly do: 'publish' } | Order<Opening>;
export type Answer = unknown[] | { readonly did: 'open' | 'publish' | 'close'; readonly failed?: string };

const port = parentPort!;
const tell = (answer: Answer): void => port.postMessage(answer);

/** What one store is to its thread. */
function open({ directory, maxPages, maxLogBytes, commitAfterMs = COMMIT_AFTER_MS, checkpointBytes }: Opening) {
  const log = new RedoLog(directory, maxLogBytes);
  const beside = new Checkpointer(directory);
  const writer = new Writer(openWriter(directory, maxPages), log, beside, () => walBytes(directory), checkpointBytes);
  /** Answers to groups that are in the log but not synced. */
  let unsynced: unknown[][] = [];
  let syncing = false;
  let commitTimer: NodeJS.Timeout | null = null;
  let restTimer: NodeJS.Timeout | null = null;
  let groups = 0;
  let tidying: NodeJS.Immediate | null = null;
  /** Whoever waits for the commit that is under way. */
  const committing: ((failed?: string) => void)[] = [];
  /** What waits for the sync under way: it would hold up answers that are as good as given. */
  const afterSync: (() => void)[] = [];

  function sync(): void {
    if (syncing || unsynced.length === 0) return;
    const answers = unsynced;
    unsynced = [];
    syncing = true;
    log.sync((error) => {
      // After a failed sync nobody knows what is on disk: the thread ends, and the next start reads what is.
      if (error) throw error;
      syncing = false;
      // In this order: the next sync may be over before it returns, and answers are told in the order of their groups.
      for (const answer of answers) tell(answer);
      sync();
      for (const act of afterSync.splice(0)) act();
    });
  }

  function whenSynced(act: () => void): void {
    if (syncing) afterSync.push(act);
    else act();
  }

  /** @returns why it was not possible */
  function commit(): string | undefined {
    if (commitTimer) clearTimeout(commitTimer);
    commitTimer = null;
    try {
      writer.commit();
      restSoon();
      return undefined;
    } catch (error) {
      commitSoon();
      return error instanceof Error ? error.message : String(error);
    }
  }

  function commitSoon(): void {
    commitTimer ??= setTimeout(() => commitInParts(() => {}), commitAfterMs);
  }

  /** @param then  told why it was not possible, or nothing */
  function commitInParts(then: (failed?: string) => void): void {
    if (committing.push(then) > 1) return;
    // What comes later is not waited for.
    let parts = Math.floor(writer.unwritten / PART);
    const part = (): void => {
      if (committing.length === 0) return;
      if (parts-- > 0 && writer.writeAhead(PART)) setImmediate(() => whenSynced(part));
      else committed();
    };
    whenSynced(part);
  }

  /** In pieces: between two of them groups that came are answered. */
  function tidySoon(): void {
    tidying ??= setImmediate(() => {
      tidying = null;
      if (writer.tidy()) tidySoon();
    });
  }

  function restSoon(): void {
    const before = groups;
    restTimer ??= setTimeout(() => {
      restTimer = null;
      if (groups !== before || writer.rest()) restSoon();
    }, REST_AFTER_MS);
  }

  function committed(): void {
    const failed = commit();
    for (const then of committing.splice(0)) then(failed);
  }

  return {
    write(group: Group): void {
      groups++;
      unsynced.push(encodeReply(writer.write(group)));
      sync();
      tidySoon();
      if (writer.unwritten < MANY) commitSoon();
      else if (committing.length === 0) commitInParts(collectSoon);
    },
    publish(published: (failed?: string) => void): void {
      commitInParts(published);
    },
    /** What is under way ends first: after, the number of a file that is synced may belong to another one. */
    close(closed: () => void): void {
      whenSynced(() => {
        if (syncing) return this.close(closed);
        if (committing.length > 0) committed();
        if (commitTimer) clearTimeout(commitTimer);
        if (restTimer) clearTimeout(restTimer);
        if (tidying) clearImmediate(tidying);
        beside.whenIdle(() => {
          writer.close();
          closed();
        });
      });
    },
  };
}

let store: ReturnType<typeof open> | null = null;

port.on('message', (request: Request) => {
  if ('do' in request && request.do === 'open') {
    store = open(request);
    return tell({ did: 'open' });
  }
  // What comes behind the order to close is of a store that is told that nothing of it was written.
  if (!store) return;
  if ('text' in request) return store.write(request);
  if (request.do === 'publish') return store.publish((failed) => tell({ did: 'publish', failed }));
  store.close(() => tell({ did: 'close' }));
  store = null;
});
