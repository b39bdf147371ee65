// Door of large memory, apart for those who need nothing else of the wire: threads read the same one instead of copies,
// and it is given back.

/** From here on memory is worth a way of its own. */
export const LARGE_BYTES = 1024 * 1024;
/** From so much new memory outside its heap on, V8 collects the whole heap; it counts what was asked for, used or not. */
const NOTICED_BYTES = 72 * 1024 * 1024;

/** From so much memory outside the heap that belongs to young objects on, V8 collects those at the next allocation. */
const NOTICED_YOUNG_BYTES = 33 * 1024 * 1024;

/** Shared memory that V8 does not know of since it was last asked to collect. */
let uncounted = 0;

/**
 * Memory of its own, with nothing in it, for one who gives it away as a whole. What could grow has pages that the system gets
 * back; other memory of that size the C library keeps for the next.
 */
export function ownMemory(bytes: number): Buffer {
  if (bytes < LARGE_BYTES) return Buffer.allocUnsafeSlow(bytes);
  return Buffer.from(new ArrayBuffer(bytes, { maxByteLength: bytes }));
}

/** The same, where other threads can read it when it is large: they are told where it is instead of what is in it. */
export function sharedMemory(bytes: number): Buffer {
  if (bytes < LARGE_BYTES) return ownMemory(bytes);
  // V8 counts no shared memory. Without a word of it, it would let any number of dead ones be.
  uncounted += bytes;
  if (uncounted >= NOTICED_BYTES) collectSoon();
  return Buffer.from(new SharedArrayBuffer(bytes, { maxByteLength: bytes }) as unknown as ArrayBuffer);
}

export const isShared = ({ buffer }: Uint8Array): boolean => (buffer as unknown) instanceof SharedArrayBuffer;

/** The same bytes where other threads can read them, when they are many. */
export function shared(bytes: Buffer): Buffer {
  if (bytes.length < LARGE_BYTES || isShared(bytes)) return bytes;
  const memory = sharedMemory(bytes.length);
  memory.set(bytes);
  return memory;
}

/**
 * Let V8 collect the whole heap of this thread, beside what goes on: in steps of some milliseconds, most of it in other threads. For
 * those who know that much of what has become old is garbage: by itself V8 waits until the heap has doubled, and to it ten
 * megabytes outside the heap are an object of a hundred bytes.
 */
export function collectSoon(): void {
  uncounted = 0;
  // Never touched, so it is no memory to the operating system.
  new ArrayBuffer(NOTICED_BYTES);
}

/**
 * Let V8 collect what is young in this thread, in a millisecond or so. For those through whose hands went megabytes outside
 * the heap in objects of a hundred bytes: by itself V8 lets 32 MB of them be.
 */
export function collectYoung(): void {
  new ArrayBuffer(NOTICED_YOUNG_BYTES);
}
