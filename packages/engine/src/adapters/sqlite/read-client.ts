// The main thread's side of the reading thread. A question sees everything that was acknowledged before it was asked.

import { SluiceError } from '@sluice/protocol';
import type { GroupCommit } from './group-commit.ts';
import type { Answers, Query } from './reader.ts';
import type { Thread } from './threads.ts';

export class ReadClient {
  readonly #thread: Thread;
  readonly #writes: GroupCommit;
  readonly #open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  #next = 1;
  /** Questions that are asked and not answered, those that still wait for a commit included. */
  readonly #asked = new Set<Promise<unknown>>();
  #closing = false;

  constructor(thread: Thread, writes: GroupCommit) {
    this.#thread = thread;
    this.#writes = writes;
    thread.on('message', (reply: { id: number; ok?: never; failed?: string } | { did: string }) => {
      if ('did' in reply) return;
      const waiting = this.#open.get(reply.id);
      this.#open.delete(reply.id);
      if (reply.failed !== undefined) waiting?.reject(unreadable(reply.failed));
      else waiting?.resolve(reply.ok as never);
    });
    thread.on('exit', () => {
      for (const { reject } of this.#open.values()) reject(unreadable('it is closed'));
      this.#open.clear();
    });
  }

  /** @throws SluiceError `store.write_failed` when something to be worked on cannot be known for sure */
  ask<Q extends Query>(query: Q): Promise<Answers[Q['ask']]> {
    if (this.#closing) return Promise.reject(unreadable('it is closed'));
    const answer = this.#ask(query);
    this.#asked.add(answer);
    const forget = (): void => void this.#asked.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  /** Answer what was asked, and nothing more. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#asked);
  }

  async #ask<Q extends Query>(query: Q): Promise<Answers[Q['ask']]> {
    if (query.ask === 'data') await this.#writes.publishData();
    else
      try {
        await this.#writes.publish();
      } catch (error) {
        // A full disk: people see what was there at the last commit. What runs must not be taken from an older state.
        if (query.ask === 'ready') throw error;
      }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.#thread.postMessage({ id, query });
    });
  }
}

const unreadable = (reason: string): SluiceError => new SluiceError('store.read_failed', { reason });
