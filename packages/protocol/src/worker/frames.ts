// Packed frames (packing.ts) over http, which has no frames by nature: each comes behind its length in 4 bytes.
//
// The platform asks for them in `Accept`. A worker that answers so gets its calls so from then on.

import { unpack } from './packing.ts';

export const FRAMES_TYPE = 'application/vnd.sluice.frames';

const LENGTH_BYTES = 4;

/** Does a header name them, as the type of a body or among the types that are taken? */
export const namesFrames = (header: string | string[] | undefined): boolean =>
  header !== undefined && String(header).includes(FRAMES_TYPE);

/** A frame as it is written. */
export function framed(frame: Uint8Array): Buffer {
  const written = Buffer.allocUnsafe(LENGTH_BYTES + frame.length);
  written.writeUInt32BE(frame.length, 0);
  written.set(frame, LENGTH_BYTES);
  return written;
}

/** Puts frames together again, whatever pieces they come in. */
export class FrameReader {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** Bytes of what is being put together, its length included; null while that is not known. */
  #needed: number | null = null;

  /** Bytes that belong to no whole frame yet. */
  get left(): number {
    return this.#bytes;
  }

  /** The frames that are whole with this piece. */
  *read(piece: Uint8Array): Generator<Buffer> {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    while (this.#bytes >= (this.#needed ?? LENGTH_BYTES)) {
      // A long frame comes in many pieces: put together once, when all of it is here.
      const [first] = this.#pieces;
      const whole =
        this.#pieces.length === 1
          ? Buffer.from(first!.buffer, first!.byteOffset, first!.byteLength)
          : Buffer.concat(this.#pieces, this.#bytes);
      this.#pieces = [whole];
      if (this.#needed === null) this.#needed = LENGTH_BYTES + whole.readUInt32BE(0);
      else {
        const rest = whole.subarray(this.#needed);
        yield whole.subarray(LENGTH_BYTES, this.#needed);
        this.#pieces = rest.length > 0 ? [rest] : [];
        this.#bytes = rest.length;
        this.#needed = null;
      }
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
