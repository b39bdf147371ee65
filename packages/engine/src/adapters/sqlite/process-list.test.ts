// The list of a hundred thousand processes in a file: each filter finds what it should, and reads little for it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProcessFilter, ProcessRecord } from '../../ports/read-model.ts';
import type { Stores } from '../../ports/stores.ts';
import { sqliteStores } from '../../sqlite.ts';
import { acceptance, message } from '../../testing/samples.ts';
import { openReader } from './database.ts';

const MANY = 100_000;
const PORTION = 2_000;
const PAGE = 100;
const BEGIN = 1_790_000_000_000;
const EVERY_MS = 1_000;
const OPEN_EVERY = 2_500;
const CANCELLED = 12;

const idOf = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** The oldest are of a topology of their own; few are of one user, a few run, and some of these are cancelled. */
function made(number: number) {
  const processId = idOf(number);
  return acceptance(number % OPEN_EVERY === 0 ? [message(processId, 'm')] : [], {
    processId,
    topology: number < 50 ? 'archive' : number % 3 === 0 ? 'invoices' : 'orders',
    user: number % 1_000 === 7 ? 'mia' : 'default',
    at: BEGIN + number * EVERY_MS,
    replayOf: number % 20_000 === 11 ? idOf(11) : null,
    ...(number % 10 === 0 ? { lineage: { businessKey: `A-${number % 500}`, parent: null, depth: 0 } } : {}),
  });
}

const matches =
  ({ parentId: _, startedFrom = 0, startedTo = Number.POSITIVE_INFINITY, ...same }: ProcessFilter) =>
  (process: ProcessRecord): boolean =>
    process.startedAt >= startedFrom &&
    process.startedAt < startedTo &&
    Object.entries(same).every(([name, value]) => process[name as keyof typeof same] === value);

/** Some times as long as the first page of all: a walk over all processes takes 15 times as long, and more with what they carry. */
const TIMES = 4;

/** What a page may take, beside the first page of all and a walk over all processes in the same run. */
function mostOf({ topology, status, startedTo }: ProcessFilter, first: number, walk: number): number {
  // Those that none of the newest is of are looked for in the index of ends: a walk over that, and over nothing else.
  const byEnds = (topology !== undefined && status === undefined) || startedTo !== undefined;
  return byEnds ? walk : TIMES * first;
}

describe('a hundred thousand processes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-list-'));
  let stores: Stores;
  const everything: ProcessRecord[] = [];

  const list = (filter: ProcessFilter, cursor?: string) => stores.reads.processes(filter, { limit: PAGE, cursor });

  beforeAll(async () => {
    stores = await sqliteStores({ directory });
    for (let at = 0; at < MANY; at += PORTION)
      await Promise.all(Array.from({ length: PORTION }, (_, i) => stores.messages.accept(made(at + i))));
    for (let i = 0; i < CANCELLED; i++) await stores.messages.cancel(idOf(i * OPEN_EVERY), BEGIN + MANY * EVERY_MS);
    let cursor: string | undefined;
    do {
      const page = await stores.reads.processes({}, { limit: 500, cursor });
      everything.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }, 180_000);
  afterAll(async () => {
    await stores?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const LATE = BEGIN + (MANY - 200) * EVERY_MS;
  const FILTERS: Readonly<Record<string, ProcessFilter>> = {
    'those that run': { status: 'running' },
    'those that completed': { status: 'completed' },
    'those that failed, of which there are none': { status: 'failed' },
    'those that were cancelled': { status: 'cancelled' },
    'a topology that most are of': { topology: 'orders' },
    'a topology that only the oldest are of': { topology: 'archive' },
    'a topology that there is not': { topology: 'nothing' },
    'a topology and a status': { topology: 'invoices', status: 'cancelled' },
    'the last minutes': { startedFrom: LATE },
    'the first minutes': { startedTo: BEGIN + 150 * EVERY_MS },
    'a time to come': { startedFrom: BEGIN + 2 * MANY * EVERY_MS },
    'a time and what runs': { startedFrom: BEGIN + (MANY / 2) * EVERY_MS, status: 'running' },
    'a business key': { businessKey: 'A-120' },
    'replays of one': { replayOf: idOf(11) },
    'a user': { user: 'mia' },
    'a user that there is not': { user: 'nobody' },
    'the user of most': { user: 'default' },
    'a user and a topology that most are of': { user: 'mia', topology: 'orders' },
    'a user and what failed, which there is none of': { user: 'mia', status: 'failed' },
  };

  test('there are as many as were made, each once', () => {
    expect(new Set(everything.map(({ id }) => id)).size).toBe(MANY);
  });

  test.each(Object.entries(FILTERS))('%s: every page is what the whole list has of it', async (_, filter) => {
    const wanted = everything.filter(matches(filter)).map(({ id }) => id);
    let cursor: string | undefined;
    for (let page = 0; page < 3; page++) {
      const { items, next } = await list(filter, cursor);
      expect(items.map(({ id }) => id)).toEqual(wanted.slice(page * PAGE, (page + 1) * PAGE));
      if (next === null) break;
      cursor = next;
    }
  });

  test('any page of any filter takes little more than the first page of all', async () => {
    const time = async (ask: () => Promise<unknown>): Promise<number> => {
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 7; i++) {
        const began = performance.now();
        await ask();
        best = Math.min(best, performance.now() - began);
      }
      return best;
    };
    const db = openReader(directory);
    const every = db.prepare("SELECT id FROM process WHERE headers = 'none'");
    const yardstick = async () => ({ first: await time(() => list({})), walk: await time(async () => every.all()) });
    let beside = await yardstick();
    // What took too long may have been held up by others: it is measured again, and beside it what it is measured by.
    const slowness = async (filter: ProcessFilter, cursor: string | undefined): Promise<number | null> => {
      let took = 0;
      for (let again = 0; again < 5; again++) {
        took = await time(() => list(filter, cursor));
        if (took <= mostOf(filter, beside.first, beside.walk)) return null;
        beside = await yardstick();
      }
      return took / beside.first;
    };
    const slow: string[] = [];
    for (const [name, filter] of Object.entries(FILTERS))
      for (const cursor of [undefined, idOf(MANY / 2), idOf(PAGE)]) {
        const times = await slowness(filter, cursor);
        if (times !== null) slow.push(`${name} before ${cursor}: ${times.toFixed(1)} times the first page`);
      }
    db.close();
    expect(slow).toEqual([]);
  });

  test('only what did not complete, or is of a named user, is in the index of it: others pay nothing for it', async () => {
    await stores.reads.lastEventSeq();
    const db = openReader(directory);
    const rows = (name: string): number =>
      (db.prepare('SELECT sum(ncell) AS n FROM dbstat WHERE name = ?').get(name) as { n: number }).n;
    expect(rows('process')).toBe(MANY);
    expect(rows('process_failed')).toBe(CANCELLED);
    expect(rows('process_user')).toBe(MANY / 1_000);
    db.close();
  });
});
