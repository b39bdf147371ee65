// A checkpoint beside the thread that writes. Most of one is the syncs of some tens of megabytes, during which nobody is
// answered when the writing thread waits for them itself. Only that thread can begin a log again, so it has to bring over
// the rest of what it committed meanwhile; that is little.

import { newWorker } from './threads.ts';

export class Checkpointer {
  readonly #directory: string;
  #state: 'none' | 'underway' | 'finished' = 'none';
  #onIdle: (() => void) | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** One was made since the log began again: what is left is little. */
  get finished(): boolean {
    return this.#state === 'finished';
  }

  /** Make one, unless one is under way, in a thread that ends with it: one that waits for the next keeps ten megabytes. */
  begin(): void {
    if (this.#state === 'underway') return;
    this.#state = 'underway';
    newWorker('checkpoint-thread', this.#directory)
      // One that failed is finished as well: the writing thread finds out why, for it has all the rest to bring over.
      .on('error', () => {})
      .on('exit', () => {
        this.#state = 'finished';
        this.#onIdle?.();
      });
  }

  /** The log began again. One that is still under way goes on. */
  reset(): void {
    if (this.finished) this.#state = 'none';
  }

  /** Now, or when the one under way has ended. */
  whenIdle(act: () => void): void {
    if (this.#state === 'underway') this.#onIdle = act;
    else act();
  }
}
