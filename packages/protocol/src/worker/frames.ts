// Packed frames (packing.ts) in pieces: each comes behind its length in 4 bytes.
//
// Over http, which has no frames by nature, the platform asks for them in `Accept`. A worker that answers so gets its calls so
// from then on. Over the link a long frame goes in parts to a platform that said that it takes them.

import { collectYoung, sharedMemory } from '../memory.ts';
import { chunkFrame, readChunk } from './flow.ts';
import { frameIsGone, LONGEST_WHOLE_BYTES } from './frame-memory.ts';
import { unpack } from './packing.ts';

export const FRAMES_TYPE = 'application/vnd.sluice.frames';

const LENGTH_BYTES = 4;
/** A longer frame is none, and neither side of the link takes a longer message. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;
/** In place of the number of a streamed body: a part of a frame. */
const PART = 0xffff_ffff;
const PART_BYTES = 64 * 1024;
/** So much of pieces that were copied is not left to be collected some time. */
const COLLECTED_BYTES = 4 * 1024 * 1024;

/** Does a header name them, as the type of a body or among the types that are taken? */
export const namesFrames = (header: string | string[] | undefined): boolean =>
  header !== undefined && String(header).includes(FRAMES_TYPE);

/** A frame as it is written; it is gone afterwards. */
export function framed(frame: Uint8Array): Buffer {
  const written = Buffer.allocUnsafe(LENGTH_BYTES + frame.length);
  written.writeUInt32BE(frame.length, 0);
  written.set(frame, LENGTH_BYTES);
  frameIsGone(frame);
  return written;
}

/**
 * A long frame as messages of the link, `[0xffffffff, 4 bytes][piece]`, whose pieces are the frame behind its length. Who
 * receives them need not hold it twice, and other frames find their way in between.
 */
export function* inParts(frame: Uint8Array): Generator<Uint8Array> {
  if (frame.length <= LONGEST_WHOLE_BYTES) return yield frame;
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(frame.length);
  yield chunkFrame(PART, length);
  for (let at = 0; at < frame.length; at += PART_BYTES) yield chunkFrame(PART, frame.subarray(at, at + PART_BYTES));
}

/** The piece of a frame that a binary message of the link brings; null when it brings something else. */
export function pieceOf(message: Uint8Array): Uint8Array | null {
  const chunk = readChunk(message);
  return chunk?.id === PART ? chunk.bytes : null;
}

/** Puts frames together again, whatever pieces they come in. A long one stands in memory that threads can share. */
export class FrameReader {
  readonly #head = Buffer.alloc(LENGTH_BYTES);
  /** Length of the frame that is under way; null while that is not known. */
  #length: number | null = null;
  /** What came of it, its length included. */
  #bytes = 0;
  /** Where it is put together, once a piece ended before it did. */
  #memory: Buffer | null = null;
  /** Bytes of pieces that became garbage since the last collection that was asked for. */
  #copied = 0;

  /** Bytes that belong to no whole frame yet. */
  get left(): number {
    return this.#bytes;
  }

  /** What is under way is longer than any frame: nothing of it is kept. */
  get isTooLong(): boolean {
    return this.#length !== null && this.#length > MAX_FRAME_BYTES;
  }

  /** The frames that are whole with this piece. */
  *read(piece: Uint8Array): Generator<Buffer> {
    let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const take = (bytes: number): Buffer => {
      const taken = rest.subarray(0, bytes);
      rest = rest.subarray(taken.length);
      return taken;
    };
    for (;;) {
      if (this.#length === null) {
        const head = take(LENGTH_BYTES - this.#bytes);
        this.#head.set(head, this.#bytes);
        this.#bytes += head.length;
        if (this.#bytes < LENGTH_BYTES) return;
        this.#length = this.#head.readUInt32BE(0);
      }
      const have = this.#bytes - LENGTH_BYTES;
      const came = take(this.#length - have);
      const isWhole = have + came.length === this.#length;
      if (!this.isTooLong && (this.#memory || !isWhole)) {
        this.#memory ??= sharedMemory(this.#length);
        this.#memory.set(came, have);
        this.#copied += came.length;
        if (this.#copied >= COLLECTED_BYTES) {
          this.#copied = 0;
          collectYoung();
        }
      }
      if (!isWhole) {
        this.#bytes += came.length;
        return;
      }
      const whole = this.#memory ?? came;
      const isTooLong = this.isTooLong;
      this.#length = null;
      this.#bytes = 0;
      this.#memory = null;
      if (!isTooLong) yield whole;
    }
  }
}

/**
 * The only frame of a body.
 * @throws Error in words, when it is not one sound frame
 */
export function onlyFrame(body: Uint8Array): unknown {
  const reader = new FrameReader();
  const frames = [...reader.read(body)];
  if (frames.length !== 1 || reader.left > 0) throw new Error('the body must be one packed frame behind its length');
  return unpack(frames[0]!);
}
