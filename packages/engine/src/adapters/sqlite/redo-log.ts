// The redo log: operations as they were applied, in order, synced. It is what makes an acknowledgement true (E1) while
// the tables wait for a commit of their own.
//
// One file that is written from its start again once the tables hold everything in it. Its space is reserved ahead, so a
// sync writes data only and a full disk is noticed before anything was applied. Each record carries the digest of the
// one before it: what follows a torn record, or is left from an earlier round, does not continue the chain and is no record.

import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Held } from '@sluice/protocol/text';

/** Record: magic (4 bytes), length of the body (4), number (8), digest of the record before (32), own digest (32), body. */
const MAGIC = 0x534c5544;
const NUMBER_AT = 8;
const BEFORE_AT = 16;
const DIGEST_AT = 48;
const HEADER_BYTES = 80;
const DIGEST_BYTES = 32;
/** The file grows by this much at a time. */
const GROWTH = 4 * 1024 * 1024;
/** To wait for a sync as quick as this costs less than to hand it to another thread and to be woken by it. */
const QUICK_SYNC_MS = 2;
/** What a sync takes is the mean of about so many: one that stands behind other writes of the disk says nothing. */
const SYNCS_OF_MEAN = 16;
/** So many are handed over when they are not quick, before the disk is tried again. */
const HANDED_OVER = 256;
/** What is looked at again is looked at from front to back: so much is read at a time. */
const WINDOW_BYTES = 64 * 1024;
const ZEROS = Buffer.alloc(WINDOW_BYTES);
const NOTHING_BEFORE = Buffer.alloc(DIGEST_BYTES);

export interface RedoRecord {
  /** Counts up by one, for ever. */
  readonly number: number;
  readonly body: Buffer;
}

export class RedoLog {
  readonly #file: number;
  readonly #maxBytes: number;
  #reserved: number;
  /** Where the next record goes. */
  #end = 0;
  /** Digest of the record before that. */
  #before: Buffer = NOTHING_BEFORE;
  /** What somebody looked at last, and what comes behind it. */
  readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  #windowStart = 0;
  #windowEnd = 0;
  /** What a sync takes, and how many of the next ones another thread waits for. */
  #syncMs = 0;
  #handOver = 0;

  /** @param maxBytes  cap on the file; for tests of a full disk */
  constructor(directory: string, maxBytes = Number.POSITIVE_INFINITY) {
    this.#file = openSync(join(directory, 'redo.log'), constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#maxBytes = maxBytes;
    this.#reserved = fstatSync(this.#file).size;
  }

  /** Bytes of records since the last `rewind`. */
  get bytes(): number {
    return this.#end;
  }

  /** The records of the file, oldest first. Afterwards the log goes on behind the last one. */
  *read(): Generator<RedoRecord> {
    this.#end = 0;
    this.#before = NOTHING_BEFORE;
    let last: number | null = null;
    for (;;) {
      const header = this.#bytesAt(this.#end, HEADER_BYTES);
      if (!header || header.readUInt32LE(0) !== MAGIC) return;
      const number = Number(header.readBigUInt64LE(NUMBER_AT));
      const before = header.subarray(BEFORE_AT, DIGEST_AT);
      if (last !== null && (number !== last + 1 || !before.equals(this.#before))) return;
      const body = this.#bytesAt(this.#end + HEADER_BYTES, header.readUInt32LE(4));
      if (!body || !digestOf(header, [body]).equals(header.subarray(DIGEST_AT))) return;
      this.#end += HEADER_BYTES + body.length;
      this.#before = Buffer.from(header.subarray(DIGEST_AT));
      last = number;
      yield { number, body };
    }
  }

  /** Make sure that a record with so many bytes fits. @throws Error when the disk is full; nothing is changed then */
  reserve(bytes: number): void {
    const needed = this.#end + HEADER_BYTES + bytes;
    if (needed <= this.#reserved) return;
    if (needed > this.#maxBytes) throw new Error(`the log is full: ${this.#maxBytes} bytes`);
    const target = Math.min(Math.ceil(needed / GROWTH) * GROWTH, this.#maxBytes);
    while (this.#reserved < target)
      this.#reserved += writeSync(
        this.#file,
        ZEROS,
        0,
        Math.min(ZEROS.length, target - this.#reserved),
        this.#reserved,
      );
    fsyncSync(this.#file);
  }

  /**
   * @param body  in parts, so that nobody has to join them
   * @returns where the record ends
   */
  append(number: number, body: readonly Uint8Array[]): number {
    const length = body.reduce((sum, part) => sum + part.length, 0);
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32LE(MAGIC, 0);
    header.writeUInt32LE(length, 4);
    header.writeBigUInt64LE(BigInt(number), NUMBER_AT);
    this.#before.copy(header, BEFORE_AT);
    const digest = digestOf(header, body);
    digest.copy(header, DIGEST_AT);
    this.#write([header, ...body], HEADER_BYTES + length);
    this.#end += HEADER_BYTES + length;
    this.#before = digest;
    return this.#end;
  }

  /**
   * The last bytes of a record, read when somebody looks at them: good until somebody looks again. They are there until the
   * log begins again.
   * @param end  as `append` said
   * @throws Error when they cannot be read
   */
  tail(end: number, length: number): Held {
    const start = end - length;
    return { subarray: (from, to) => this.#look(start + from, start + to) };
  }

  /**
   * Everything appended so far is on disk when `done` is called: before this returns when the disk is quick, later when it
   * is not. A failure is final: what is on disk is not known then.
   */
  sync(done: (error: Error | null) => void): void {
    if (this.#handOver > 0) {
      this.#handOver--;
      fdatasync(this.#file, done);
      return;
    }
    const began = performance.now();
    try {
      this.syncNow();
    } catch (error) {
      done(error as Error);
      return;
    }
    this.#syncMs += (performance.now() - began - this.#syncMs) / SYNCS_OF_MEAN;
    if (this.#syncMs > QUICK_SYNC_MS) {
      this.#handOver = HANDED_OVER;
      this.#syncMs = 0;
    }
    done(null);
  }

  /** The same, waited for. */
  syncNow(): void {
    fdatasyncSync(this.#file);
  }

  /** The tables hold everything, safely: begin at the start again. */
  rewind(): void {
    this.#end = 0;
    this.#windowEnd = this.#windowStart;
  }

  /** Close it, and give back the space when it holds nothing that is needed. */
  close(): void {
    if (this.#end === 0) ftruncateSync(this.#file, 0);
    closeSync(this.#file);
  }

  #bytesAt(position: number, length: number): Buffer | null {
    if (position + length > this.#reserved) return null;
    const bytes = Buffer.alloc(length);
    return this.#read(bytes, position) === length ? bytes : null;
  }

  #look(from: number, to: number): Uint8Array {
    const isLong = to - from > WINDOW_BYTES;
    const bytes = isLong ? this.#bytesAt(from, to - from) : this.#inWindow(from, to);
    if (!bytes) throw new Error('the log is shorter than what was written to it');
    return bytes;
  }

  #inWindow(from: number, to: number): Uint8Array | null {
    if (from < this.#windowStart || to > this.#windowEnd) {
      const length = Math.min(WINDOW_BYTES, this.#end - from);
      if (length < to - from) return null;
      const read = this.#read(this.#window.subarray(0, length), from);
      if (read > 0) {
        this.#windowStart = from;
        this.#windowEnd = from + read;
      }
      if (read < length) return null;
    }
    return this.#window.subarray(from - this.#windowStart, to - this.#windowStart);
  }

  /** @returns how many bytes there were */
  #read(bytes: Buffer, position: number): number {
    let have = 0;
    while (have < bytes.length) {
      const read = readSync(this.#file, bytes, have, bytes.length - have, position + have);
      if (read === 0) break;
      have += read;
    }
    return have;
  }

  #write(parts: readonly Uint8Array[], length: number): void {
    let done = writevSync(this.#file, parts, this.#end);
    if (done === length) return;
    // Interrupted: what is left, one after the other.
    const whole = Buffer.concat(parts);
    while (done < length) done += writeSync(this.#file, whole, done, length - done, this.#end + done);
  }
}

function digestOf(header: Buffer, body: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256').update(header.subarray(0, DIGEST_AT));
  for (const part of body) hash.update(part);
  return hash.digest();
}
