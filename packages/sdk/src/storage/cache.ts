// A cache in which a value is made once: by one caller in this process, and by one replica of all. Who holds the lease
// makes it, the others wait for it; a maker that dies loses its lease, and one that was slow cannot overwrite what came
// after.

import type { Json } from '@sluice/protocol';
import type { Host } from '../step/host.ts';
import type { Perform } from './storage.ts';

export interface RememberOptions {
  /** How long making it may take before somebody else tries; default 30 s. */
  readonly makingMs?: number;
}

const PAUSES_MS = [50, 100, 200, 400, 800];

interface Cached {
  readonly value: Json;
}

export class Cache {
  readonly #perform: Perform;
  readonly #host: Host;
  readonly #owner: string;
  readonly #signal: AbortSignal;

  constructor(perform: Perform, host: Host, owner: string, signal: AbortSignal) {
    this.#perform = perform;
    this.#host = host;
    this.#owner = owner;
    this.#signal = signal;
  }

  /** What is remembered under a key, or else what `make` gives, which is remembered for `forMs`. */
  async remember<T extends Json>(
    key: string,
    forMs: number,
    make: () => T | Promise<T>,
    { makingMs = 30_000 }: RememberOptions = {},
  ): Promise<T> {
    const { flights } = this.#host;
    const flight = `${this.#owner}\n${key}`;
    let under = flights.get(flight);
    if (!under) {
      under = this.#remember(`cache:${key}`, forMs, make, makingMs).finally(() => flights.delete(flight));
      flights.set(flight, under);
    }
    return (await under) as T;
  }

  async forget(key: string): Promise<void> {
    await this.#perform({ act: 'delete', key: `cache:${key}` });
  }

  async #remember(key: string, forMs: number, make: () => Json | Promise<Json>, makingMs: number): Promise<Json> {
    for (let round = 0; ; round++) {
      const known = await this.#perform({ act: 'get', key });
      if (known) return (known.value as Cached).value;
      const lease = await this.#perform({ act: 'acquire', key, holder: 'cache', ttlMs: makingMs });
      if (lease.acquired) return this.#make({ key, forMs, make, fence: lease.fence! });
      await this.#pause(PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)]!);
    }
  }

  async #make(parts: { key: string; forMs: number; make: () => Json | Promise<Json>; fence: number }): Promise<Json> {
    const { key, forMs, make, fence } = parts;
    try {
      // It may have been made between the look and the lease.
      const known = await this.#perform({ act: 'get', key });
      if (known) return (known.value as Cached).value;
      const value = await make();
      const cached: Cached = { value };
      await this.#perform({
        act: 'set',
        key,
        value: cached as unknown as Json,
        expiresInMs: Math.max(1, Math.round(forMs)),
        lease: { key, fence },
      });
      return value;
    } finally {
      await this.#perform({ act: 'release', key, fence });
    }
  }

  /** Until some time has passed, or nobody waits for us. */
  #pause(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#host.timeout(ms), this.#signal]);
    return new Promise((resolve, reject) => {
      const done = (): void => (this.#signal.aborted ? reject(this.#signal.reason) : resolve());
      if (signal.aborted) done();
      else signal.addEventListener('abort', done, { once: true });
    });
  }
}
