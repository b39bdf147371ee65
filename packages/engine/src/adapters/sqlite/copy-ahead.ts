// Most of a checkpoint, done before it is due. A checkpoint copies what a second of load has written and syncs it; done by
// the thread that writes, it would hold up every message for as long.

import { Worker } from 'node:worker_threads';

export class CopyAhead {
  readonly #directory: string;
  #thread: Worker | null = null;
  #state: 'idle' | 'copying' | 'copied' = 'idle';

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Little is left to copy. */
  get done(): boolean {
    return this.#state === 'copied';
  }

  /** Begin to copy what is committed, unless that was done since the last checkpoint. */
  begin(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'copying';
    this.#thread ??= this.#start();
    this.#thread.postMessage('copy');
  }

  /** A checkpoint was made. */
  reset(): void {
    if (this.#state === 'copied') this.#state = 'idle';
  }

  /** Resolved when the file is left alone. */
  async close(): Promise<void> {
    const thread = this.#thread;
    if (!thread) return;
    thread.ref();
    await new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
      thread.postMessage('close');
    });
  }

  #start(): Worker {
    const thread = new Worker(new URL('./checkpoint-thread.js', import.meta.url), {
      workerData: { directory: this.#directory },
      resourceLimits: { maxYoungGenerationSizeMb: 1 },
      name: 'sluice-checkpoint-thread',
    });
    thread.on('message', () => {
      this.#state = 'copied';
    });
    // Whatever hinders it hinders the checkpoint itself, which says so and is tried again.
    thread.on('error', () => {
      this.#state = 'copied';
    });
    thread.on('exit', () => {
      this.#thread = null;
    });
    thread.unref();
    return thread;
  }
}
