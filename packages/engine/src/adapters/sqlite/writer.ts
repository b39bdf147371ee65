// Applies groups of operations: to the tables, in a transaction that stays open over many groups, and to the redo log,
// whose sync is what an acknowledgement waits for.
//
// A page of a table that changes with every group is so written once for many of them. The log is the truth between two
// commits: after a crash, and whenever a transaction was undone, what it holds beyond the last commit is applied again.
// For that the same operations on the same tables must do the same, so nothing here may depend on time, chance or what
// only memory knows; an operation that does is logged as what it decided.

import { MessageChannel } from 'node:worker_threads';
import { SluiceError } from '@sluice/protocol/errors';
import { isShared, LARGE_BYTES } from '@sluice/protocol/memory';
import { encodingOf, type Held } from '@sluice/protocol/text';
import { appendAudit, forgetAudit } from './audit-store.ts';
import type { Checkpointer } from './checkpointer.ts';
import { type Group, joined } from './codec/group.ts';
import { decodeOps, encodeOps } from './codec/ops.ts';
import { checkpoint, type Database } from './database.ts';
import type { Op, OpResult, Reply } from './operations.ts';
import type { RedoLog } from './redo-log.ts';
import { accept } from './write/accept.ts';
import { commit, commitChain } from './write/commit.ts';
import { changeData } from './write/data.ts';
import { LimitedRelease, release, releaseDue } from './write/release.ts';
import { cancel, forget } from './write/removal.ts';
import { keepPermits, keepRecords, note } from './write/small.ts';
import { Tables } from './write/tables.ts';
import { clearTimer } from './write/timers.ts';

/** When the log is this large, the tables are brought to safety and the log begins again, soon afterwards. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
/** The same for the log of the file: where little happens a commit is mostly pages that it has in common with the last. */
const MAX_WAL_BYTES = 128 * 1024 * 1024;
/** A log of less is not worth a checkpoint while nothing else is to be done. */
const REST_BYTES = 4 * 1024 * 1024;
/** Catching up may mean to apply all of the log; on a disk that stays full it is not tried for every group. */
const RETRY_MS = 500;
/** With no room in the log nothing can be taken; so long it is waited for, this long at a time. */
const FULL_LOG_WAITS_MS = 2_000;
const PAUSE_MS = 5;

export class Writer {
  readonly #db: Database;
  readonly #log: RedoLog;
  readonly #beside: Checkpointer;
  readonly #walBytes: () => number;
  readonly #checkpointBytes: number;
  readonly #tables: Tables;
  readonly #limited: LimitedRelease;
  /** Number of the last record of the log. */
  #number = 0;
  /** The log holds what the tables do not: nothing is taken until they have caught up. */
  #behind = true;
  #failure: { readonly error: unknown; readonly at: number } | null = null;

  /** @throws SluiceError `store.log_mismatch`; Error when the log cannot be applied */
  constructor(
    db: Database,
    log: RedoLog,
    beside: Checkpointer,
    walBytes: () => number,
    checkpointBytes: number = CHECKPOINT_BYTES,
  ) {
    this.#db = db;
    this.#log = log;
    this.#beside = beside;
    this.#walBytes = walBytes;
    this.#checkpointBytes = checkpointBytes;
    this.#tables = new Tables(db);
    this.#limited = new LimitedRelease(this.#tables);
    this.#catchUp();
  }

  /**
   * Apply a group and write it to the log. The caller syncs the log before it tells anybody. When one operation breaks
   * the group, each is applied by itself.
   */
  write(group: Group): Reply {
    const { contents } = group;
    const bytes = contents.reduce((sum, part) => sum + part.length, 0);
    const isLarge = bytes >= LARGE_BYTES;
    let where: Held = joined(contents);
    const ops = decodeOps(group, isLarge ? { subarray: (start, end) => where.subarray(start, end) } : where);
    try {
      this.#catchUp();
      this.#reserve(group.text.length * 3 + bytes);
    } catch (error) {
      return { results: ops.map(() => ({ failed: describe(error) })) };
    }
    try {
      if (!this.#db.isTransaction) this.#tables.sql('BEGIN IMMEDIATE').run();
      const results = this.#applyAll(ops);
      const logged = decided(group, ops, results);
      const end = this.#log.append(this.#number + 1, toRecord(logged));
      this.#number++;
      // From here on the log has them, and who writes them into the tables reads them there.
      if (isLarge && logged === group) {
        where = this.#log.tail(end, bytes);
        for (const part of contents) letGo(part);
      }
      return { results: results.map((ok) => ({ ok })) };
    } catch (error) {
      this.#behind = true;
      if (ops.length === 1) return { results: [{ failed: describe(error) }] };
      return { results: ops.flatMap((op) => this.write(encodeOps([op])).results) };
    }
  }

  /**
   * Some of the work that is better done now, while nobody waits, than in the commit. When it fails, the next group finds out.
   * @returns whether there is more
   */
  tidy(): boolean {
    return this.#ahead(() => this.#tables.unwritten.flushEnded()) ?? false;
  }

  /** Messages that a commit has to write. */
  get unwritten(): number {
    return this.#tables.unwritten.messages;
  }

  /** Write some of them ahead of it. When it fails, the next group finds out. @returns whether there are more */
  writeAhead(max: number): boolean {
    return this.#ahead(() => this.#tables.unwritten.flushEntered(max)) ?? false;
  }

  /** Let readers see everything. @throws Error when the tables cannot be written; the log still holds it all */
  commit(): void {
    this.#show();
    if (this.#log.bytes <= this.#checkpointBytes && this.#walBytes() <= MAX_WAL_BYTES) return;
    if (this.#beside.finished) this.#checkpoint();
    else this.#beside.begin();
  }

  /**
   * A checkpoint while nobody is held up by it: the next load then begins with an empty log.
   * @returns whether it goes on, or is to be tried again
   */
  rest(): boolean {
    if (this.#behind || this.#db.isTransaction || this.#log.bytes < REST_BYTES) return false;
    if (!this.#beside.finished) {
      this.#beside.begin();
      return true;
    }
    try {
      return !this.#checkpoint();
    } catch {
      // The commit that cannot do without it says so.
      return false;
    }
  }

  /** Everything in the tables and safe, the log empty. When that is not possible, the next start does it. */
  close(): void {
    try {
      this.#show();
      this.#checkpoint();
    } catch {
      this.#log.syncNow();
    }
    this.#db.close();
    this.#log.close();
  }

  #ahead<T>(write: () => T): T | undefined {
    if (this.#behind || !this.#db.isTransaction) return undefined;
    try {
      return write();
    } catch {
      this.#behind = true;
      return undefined;
    }
  }

  /** Room in the log; where there is none left, what it holds is brought to safety first. @throws Error when that is not possible */
  #reserve(bytes: number): void {
    try {
      this.#log.reserve(bytes);
    } catch {
      this.#show();
      // SQLite lets nobody wait for a checkpoint that another one makes. It comes to its end without this thread.
      for (let waitedMs = 0; !this.#checkpoint() && waitedMs < FULL_LOG_WAITS_MS; waitedMs += PAUSE_MS) pause();
      this.#log.reserve(bytes);
    }
  }

  #show(): void {
    this.#catchUp();
    if (!this.#db.isTransaction) return;
    // Nobody shall see what a power cut could take back.
    this.#log.syncNow();
    this.#commit();
  }

  #commit(): void {
    try {
      this.#tables.save(this.#number);
      this.#tables.sql('COMMIT').run();
    } catch (error) {
      this.#behind = true;
      throw error;
    }
  }

  /** Undo what is half done, and apply what the log holds beyond the last commit. */
  #catchUp(): void {
    if (!this.#behind) return;
    if (this.#failure && Date.now() - this.#failure.at < RETRY_MS) throw this.#failure.error;
    try {
      this.#applyLog();
      this.#behind = false;
      this.#failure = null;
    } catch (error) {
      this.#failure = { error, at: Date.now() };
      throw error;
    }
  }

  #applyLog(): void {
    // SQLite rolls back by itself on some errors (a full disk is one of them).
    if (this.#db.isTransaction) this.#tables.sql('ROLLBACK').run();
    const committed = this.#tables.load();
    this.#number = committed;
    for (const { number, body } of this.#log.read()) {
      if (number > this.#number + 1) throw new SluiceError('store.log_mismatch', { tables: this.#number, log: number });
      if (number <= this.#number) continue;
      if (!this.#db.isTransaction) this.#tables.sql('BEGIN IMMEDIATE').run();
      this.#applyAll(decodeOps(fromRecord(body)));
      this.#number = number;
    }
    if (this.#db.isTransaction) this.#commit();
  }

  /**
   * Sync the tables and begin the log again. While a reader holds an older state, or a checkpoint beside is under way, this
   * is not possible; then it is tried at the next commit.
   * @returns whether it was possible
   */
  #checkpoint(): boolean {
    if (!checkpoint(this.#db)) return false;
    this.#log.rewind();
    this.#beside.reset();
    return true;
  }

  #applyAll(ops: readonly Op[]): OpResult[] {
    const results = ops.map((op) => this.#apply(op));
    if (this.#tables.unwritten.isFull) this.#tables.unwritten.flush();
    return results;
  }

  #apply(op: Op): OpResult {
    if (op.op === 'accept') return accept(this.#tables, op);
    if (op.op === 'commit') return commit(this.#tables, op);
    if (op.op === 'chain') return commitChain(this.#tables, op.steps);
    // Apart from the messages: for it nothing of them has to be written.
    if (op.op === 'data') return changeData(this.#tables, op);
    if (op.op === 'audit') {
      appendAudit(this.#tables, op.entry);
      return { kind: 'ok' };
    }
    this.#tables.unwritten.flush();
    switch (op.op) {
      case 'releaseDue':
        return releaseDue(this.#tables, op.now, op.max);
      case 'releaseLimited':
        return this.#limited.release(op.limitKey, op.max);
      case 'release':
        return release(this.#tables, op.ids);
      case 'cancel':
        return cancel(this.#tables, op.processId, op.at, op.leased);
      case 'forget':
        return forget(this.#tables, op.endedBefore, op.max);
      case 'clearTimer':
        return clearTimer(this.#tables, op.id);
      case 'note':
        return note(this.#tables, op);
      case 'permits':
        return keepPermits(this.#tables, op);
      case 'forgetAudit':
        return { kind: 'ok', count: forgetAudit(this.#tables, op.before, op.keep, op.max) };
      case 'records':
        return keepRecords(this.#tables, op);
    }
  }
}

const { port1: nobody, port2: deaf } = new MessageChannel();
deaf.close();

/** Give memory back at once that nobody shares. V8 does so when it finds that nobody looks at it any more, which may be minutes later. */
function letGo(memory: Uint8Array): void {
  if (!isShared(memory)) nobody.postMessage(null, [memory.buffer as ArrayBuffer]);
}

/** The group to log: as it came, unless an operation chose by what only memory knows. */
function decided(group: Group, ops: readonly Op[], results: readonly OpResult[]): Group {
  if (!ops.some((op) => op.op === 'releaseLimited')) return group;
  return encodeOps(
    ops.map((op, index) =>
      op.op === 'releaseLimited' ? { op: 'release', ids: (results[index]!.ready ?? []).map((row) => row.id) } : op,
    ),
  );
}

/** A record is the length of the text (4 bytes), the text, the contents. */
function toRecord({ text, contents }: Group): Uint8Array[] {
  const words = Buffer.from(text, encodingOf(text, Buffer.byteLength(text)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(words.length);
  return [length, words, ...contents];
}

function fromRecord(body: Buffer): Group {
  const end = 4 + body.readUInt32LE(0);
  return { text: body.toString('utf8', 4, end), contents: [body.subarray(end)] };
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
const pause = (): unknown => Atomics.wait(nobodyWakes, 0, 0, PAUSE_MS);

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
