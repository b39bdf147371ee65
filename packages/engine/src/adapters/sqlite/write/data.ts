// Changes of the data of connectors, by name.

import type { DataOp, DataResults, OpResult } from '../operations.ts';
import { append, drop, remove } from './data-collections.ts';
import { deleteEntry, incrementEntry, setEntry } from './data-entries.ts';
import { acquire, release, renew } from './data-leases.ts';
import { sweep } from './data-sweep.ts';
import type { Tables } from './tables.ts';

export const changeData = (t: Tables, op: DataOp): OpResult => ({ kind: 'data', data: change(t, op) });

function change(t: Tables, { act, values }: DataOp): DataResults[keyof DataResults] {
  switch (act.do) {
    case 'set':
      return setEntry(t, act, values[0]!);
    case 'delete':
      return deleteEntry(t, act);
    case 'increment':
      return incrementEntry(t, act);
    case 'append':
      return append(t, act, values);
    case 'remove':
      return remove(t, act);
    case 'drop':
      return drop(t, act);
    case 'acquire':
      return acquire(t, act);
    case 'renew':
      return renew(t, act);
    case 'release':
      return release(t, act);
    case 'sweep':
      return sweep(t, act);
  }
}
