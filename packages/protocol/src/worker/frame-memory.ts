// Memory of frames on their way out, which serves for those that come after them.
//
// A frame of a full batch is larger than what a C library keeps for the next who asks. It gives such memory back to the
// system, and gets it again page by page while the next frame is written: a worker spent a third of its time on that.

/** Shorter frames share pages with others; longer ones are few. */
const SHORTEST_BYTES = 16 * 1024;
/** A longer frame goes in parts where it can (frames.ts). */
export const LONGEST_WHOLE_BYTES = 256 * 1024;
const MAX_KEPT = 4;

/** The shortest first, so that the one that is taken is no longer than it must be. */
const kept: Buffer[] = [];
const lent = new WeakSet<ArrayBufferLike>();

/** Memory for a frame, with anything in it. */
export function frameMemory(bytes: number): Buffer {
  if (bytes < SHORTEST_BYTES || bytes > LONGEST_WHOLE_BYTES) return Buffer.allocUnsafe(bytes);
  const index = kept.findIndex(({ length }) => length >= bytes);
  const memory = index < 0 ? Buffer.allocUnsafeSlow(bytes) : kept.splice(index, 1)[0]!;
  lent.add(memory.buffer);
  return memory.subarray(0, bytes);
}

/**
 * Nobody will look at this frame again: its memory may serve for another. Who does not say so leaves it to be collected;
 * what has no such memory is let be, and so is one of which this was said before.
 */
export function frameIsGone(frame: Uint8Array): void {
  if (!lent.delete(frame.buffer)) return;
  kept.push(Buffer.from(frame.buffer));
  kept.sort((a, b) => a.length - b.length);
  if (kept.length > MAX_KEPT) kept.shift();
}

/** For the one who sends a frame over a socket: it is gone when the socket has taken it, and left alone when that failed. */
export const goneWhenSent =
  (frame: Uint8Array): ((error?: Error) => void) =>
  (error) => {
    if (!error) frameIsGone(frame);
  };
