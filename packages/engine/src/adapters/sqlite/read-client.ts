// The main thread's side of the reading thread.

import type { Worker } from 'node:worker_threads';
import type { Answers, Query } from './reader.ts';

export class ReadClient {
  readonly #thread: Worker;
  readonly #open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  #next = 1;

  constructor(thread: Worker) {
    this.#thread = thread;
    thread.on('message', (reply: { id: number; ok?: never; failed?: string } | string) => {
      if (typeof reply === 'string') return;
      const waiting = this.#open.get(reply.id);
      this.#open.delete(reply.id);
      if (reply.failed !== undefined) waiting?.reject(new Error(`The store could not be read: ${reply.failed}`));
      else waiting?.resolve(reply.ok as never);
    });
    thread.on('exit', () => {
      for (const { reject } of this.#open.values()) reject(new Error('The store is closed.'));
      this.#open.clear();
    });
  }

  ask<Q extends Query>(query: Q): Promise<Answers[Q['ask']]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.#thread.postMessage({ id, query });
    });
  }
}
