// Collections of garbage that V8 would not think of yet.

/** From so much new memory outside its heap on, V8 collects the whole heap; it counts what was asked for, used or not. */
const NOTICED_BYTES = 72 * 1024 * 1024;

/**
 * Let V8 collect the whole heap of this thread, beside what goes on: in steps of some milliseconds, most of it in other threads. For
 * those who know that much of what has become old is garbage: by itself V8 waits until the heap has doubled, and to it ten
 * megabytes outside the heap are an object of a hundred bytes.
 */
export function collectSoon(): void {
  // Never touched, so it is no memory to the operating system.
  new ArrayBuffer(NOTICED_BYTES);
}
