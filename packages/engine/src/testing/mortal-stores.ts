// Stores of an engine that may die: from then on nothing it does reaches the disk, and nothing answers it any more. What
// is on the disk stays for the next one. As long as it lives, each of its writes waits for its turn.

import type { Stores } from '../ports/stores.ts';
import type { Interleaver } from './interleaver.ts';

/** What a dead store still says at once; everything else never answers. */
const SILENT: Readonly<Record<string, () => unknown>> = {
  nextDue: () => null,
  nextTimer: () => null,
  limitedKeys: () => new Map(),
  giveBack: () => {},
  onReady: () => {},
  onDue: () => {},
};

/** What races with each other: claims, and all writes of messages, permits and data of connectors. */
const TURNS = new Set([
  ...['accept', 'claim', 'commit', 'commitChain', 'releaseDue', 'releaseLimited', 'cancel', 'record'],
  ...['set', 'delete', 'increment', 'append', 'remove', 'drop', 'acquire', 'renew', 'release'],
]);

export function mortalStores(stores: Stores, isDead: () => boolean, interleaver: Interleaver): Stores {
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const silent = SILENT[String(name)];
          if (isDead()) return silent ? silent() : new Promise(() => {});
          const act = () => value.apply(target, args) as Promise<unknown>;
          if (silent) return act();
          if (!TURNS.has(String(name))) return interleaver.watch(String(name), act);
          return new Promise((resolve, reject) =>
            interleaver.enqueue(async () => {
              if (!isDead()) await act().then(resolve, reject);
            }),
          );
        };
      },
    });
  return {
    ...stores,
    messages: guard(stores.messages),
    limits: guard(stores.limits),
    records: guard(stores.records),
    data: guard(stores.data),
    blobs: guard(stores.blobs),
    reads: watched(stores.reads, interleaver),
  };
}

/** What a test reads of a dead engine is still true; but a question under way is something that moves. */
function watched<T extends object>(part: T, interleaver: Interleaver): T {
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        interleaver.watch(String(name), () => value.apply(target, args) as Promise<unknown>);
    },
  });
}
