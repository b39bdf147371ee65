// What connectors keep: changes through the writing thread, questions to the reading one.

import { SluiceError } from '@sluice/protocol';
import { itemTexts, jsonText } from '../../core/data.ts';
import {
  acquireAct,
  appendAct,
  atKey,
  type DataAct,
  deleteAct,
  dropAct,
  entriesQuery,
  inCollection,
  incrementAct,
  itemsQuery,
  releaseAct,
  removeAct,
  renewAct,
  setAct,
  sweepAct,
} from '../../core/data-acts.ts';
import type { DataEntry, DataStore } from '../../ports/data-store.ts';
import type { DataAnswers, DataQuery } from './data-reader.ts';
import type { GroupCommit } from './group-commit.ts';
import type { DataOp, DataResults, EntryCopy } from './operations.ts';
import type { ReadClient } from './read-client.ts';

export function sqliteData(writes: GroupCommit, reads: ReadClient): DataStore {
  const change = async <A extends DataAct>(act: A, values: DataOp['values'] = []): Promise<DataResults[A['do']]> =>
    (await writes.run({ op: 'data', act, values })).data as DataResults[A['do']];
  const ask = async <Q extends DataQuery>(of: Q): Promise<DataAnswers[Q['of']]> =>
    (await reads.ask({ ask: 'data', of })) as DataAnswers[Q['of']];

  return {
    async get(space, key, now) {
      return toEntry(await ask({ of: 'entry', at: atKey(space, key, now) }));
    },

    async set(space, key, value, now, options = {}) {
      const act = setAct(space, key, now, options);
      const result = await change(act, [jsonText('value', value)]);
      if ('revision' in result) return { written: true, revision: result.revision };
      return { written: false, because: result.because, found: toEntry(result.found) };
    },

    async delete(space, key, now, options = {}) {
      const refused = await change(deleteAct(space, key, now, options));
      return refused ? { deleted: false, because: refused.because, found: toEntry(refused.found) } : { deleted: true };
    },

    async increment(space, key, by, now, options = {}) {
      const result = await change(incrementAct(space, key, by, now, options));
      if ('fault' in result) throw new SluiceError('data.not_a_number', { key, found: result.fault });
      return result;
    },

    async list(space, now, page) {
      const { rows, more } = await ask({ of: 'entries', at: entriesQuery(space, now, page) });
      return { items: rows.map((row) => toEntry(row)), next: more ? rows.at(-1)!.key : null };
    },

    async append(space, collection, values, now, options = {}) {
      const act = appendAct(space, collection, now, options);
      const texts = itemTexts(values);
      if (texts.length === 0) return [];
      const first = await change(act, texts);
      return texts.map((_, index) => first + index);
    },

    async page(space, collection, now, page) {
      const { rows, more } = await ask({ of: 'items', at: itemsQuery(space, collection, now, page) });
      return {
        items: rows.map(({ position, value }) => ({ position, value: JSON.parse(value) })),
        next: more ? rows.at(-1)!.position : null,
      };
    },

    async count(space, collection, now) {
      return ask({ of: 'count', at: inCollection(space, collection, now) });
    },

    async remove(space, collection, positions, now) {
      return change(removeAct(space, collection, positions, now));
    },

    async drop(space, collection, now) {
      return change(dropAct(space, collection, now));
    },

    async acquire(space, key, holder, ttlMs, now) {
      const act = acquireAct(space, key, holder, ttlMs, now);
      const result = await change(act);
      return 'fence' in result
        ? { acquired: true, fence: result.fence, until: act.until }
        : { acquired: false, ...result };
    },

    async renew(space, key, fence, ttlMs, now) {
      return change(renewAct(space, key, fence, ttlMs, now));
    },

    async release(space, key, fence) {
      return change(releaseAct(space, key, fence));
    },

    async sweep(now, max) {
      return change(sweepAct(now, max));
    },
  };
}

function toEntry(copy: EntryCopy): DataEntry;
function toEntry(copy: EntryCopy | null): DataEntry | null;
function toEntry(copy: EntryCopy | null): DataEntry | null {
  return copy && { ...copy, value: JSON.parse(copy.value) };
}
