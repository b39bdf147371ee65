// A checkpoint beside the thread that writes. Most of one is the syncs of some tens of megabytes, during which nobody is
// answered when the writing thread waits for them itself. Only that thread can begin a log again, so it has to bring over
// the rest of what it committed meanwhile; that is little.

import type { Worker } from 'node:worker_threads';
import { newWorker } from './threads.ts';

/** Started when a store needs it for the first time; stores of one writing thread follow each other. */
let worker: Worker | null = null;

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

  /** Make one, unless one is under way. */
  begin(): void {
    if (this.#state === 'underway') return;
    this.#state = 'underway';
    worker ??= newWorker('checkpoint-thread');
    const one = worker;
    // One that failed is finished as well: the writing thread finds out why, for it has all the rest to bring over.
    const ended = (): void => {
      one.off('message', ended).off('error', broke);
      this.#state = 'finished';
      this.#onIdle?.();
    };
    const broke = (): void => {
      worker = null;
      ended();
    };
    one.on('message', ended).on('error', broke);
    one.postMessage(this.#directory);
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
