// What steps keep on the platform, shared by all replicas of a worker: values, big collections, and a cache. Kept for one
// user of an application; `shared` is for all of them.

import type { DataAct, DataAnswers } from '@sluice/protocol';
import type { Host } from '../step/host.ts';
import { Cache } from './cache.ts';
import { Collection } from './collection.ts';
import { Values } from './values.ts';

/** Does one thing with the data of a space. */
export type Perform = <A extends DataAct['act']>(act: Extract<DataAct, { act: A }>) => Promise<DataAnswers[A]>;

export interface StorageOwner {
  readonly application: string | null;
  readonly user: string | null;
}

export class Storage {
  readonly #host: Host;
  readonly #owner: StorageOwner;
  readonly #signal: AbortSignal;

  constructor(host: Host, owner: StorageOwner, signal: AbortSignal) {
    this.#host = host;
    this.#owner = owner;
    this.#signal = signal;
  }

  /** For all users of the application, or of the worker. */
  get shared(): Storage {
    return new Storage(this.#host, { ...this.#owner, user: null }, this.#signal);
  }

  /** Small values by key. */
  get values(): Values {
    return new Values(this.#perform);
  }

  /** Many values in their order, to be read page by page. */
  collection<T = unknown>(name: string): Collection<T> {
    return new Collection<T>(this.#perform, name);
  }

  /** Values that are made once, by one replica, and forgotten after a while. */
  get cache(): Cache {
    const { application, user } = this.#owner;
    return new Cache(this.#perform, this.#host, `${application ?? ''}\n${user ?? ''}`, this.#signal);
  }

  readonly #perform: Perform = async (data) => {
    const answer = await this.#host.platform.ask({ ask: 'data', ...this.#owner, data });
    return answer as DataAnswers[typeof data.act];
  };
}
