// Does what a worker wants done with its data.

import type { DataStore } from '@sluice/engine';
import type { DataAct, DataAnswers } from '@sluice/protocol';

/** @throws SluiceError `data.…` */
export async function answerData(
  store: DataStore,
  space: string,
  act: DataAct,
  now: number,
): Promise<DataAnswers[DataAct['act']]> {
  switch (act.act) {
    case 'get':
      return store.get(space, act.key, now);
    case 'set':
      return store.set(space, act.key, act.value, now, { ...expiryOf(act, now), ...conditionOf(act) });
    case 'delete':
      return store.delete(space, act.key, now, conditionOf(act));
    case 'increment':
      return store.increment(space, act.key, act.by, now, expiryOf(act, now));
    case 'list': {
      const { prefix, after = null, limit } = act;
      return store.list(space, now, { after, limit, ...(prefix === undefined ? {} : { prefix }) });
    }
    case 'append':
      return store.append(space, act.collection, act.values, now, expiryOf(act, now));
    case 'page':
      return store.page(space, act.collection, now, { after: act.after ?? null, limit: act.limit });
    case 'count':
      return store.count(space, act.collection, now);
    case 'remove':
      return store.remove(space, act.collection, act.positions, now);
    case 'drop':
      return store.drop(space, act.collection, now);
    case 'acquire':
      return store.acquire(space, act.key, act.holder, act.ttlMs, now);
    case 'renew':
      return store.renew(space, act.key, act.fence, act.ttlMs, now);
    case 'release':
      return store.release(space, act.key, act.fence);
  }
}

const expiryOf = ({ expiresInMs }: { expiresInMs?: number | undefined }, now: number): { expiresAt?: number } =>
  expiresInMs === undefined ? {} : { expiresAt: now + expiresInMs };

type Lease = { key: string; fence: number };
const conditionOf = ({ expected, lease }: { expected?: number | null | undefined; lease?: Lease | undefined }) => ({
  ...(expected === undefined ? {} : { expected }),
  ...(lease === undefined ? {} : { lease }),
});
