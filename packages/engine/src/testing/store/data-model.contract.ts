// Random acts on a store and on a model of it that knows nothing of rows, sweeping and threads: both say the same.

import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Condition } from '../../ports/data-store.ts';
import { cases, type Opened, type StoresUnderTest } from './opened.ts';

const DAY = 86_400_000;
const KEYS = ['a', 'a\0', 'a\u{1f600}', '%'];
const key = fc.constantFrom(...KEYS);
const ttl = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
const value = fc.oneof(
  fc.integer(),
  fc.json().map((text): unknown => JSON.parse(text)),
);
/** Which of all revisions or fences that were ever given; from the end. */
const earlier = fc.option(fc.nat(3), { nil: null });

const act = fc.oneof(
  fc.record({
    do: fc.constant('set' as const),
    key,
    value,
    ttl,
    expected: fc.option(earlier, { nil: undefined }),
    fence: earlier,
  }),
  fc.record({
    do: fc.constant('delete' as const),
    key,
    expected: fc.option(earlier, { nil: undefined }),
    fence: earlier,
  }),
  fc.record({ do: fc.constant('increment' as const), key, by: fc.integer({ min: -9, max: 9 }), ttl }),
  fc.record({ do: fc.constant('append' as const), key, values: fc.array(value, { maxLength: 3 }), ttl }),
  fc.record({ do: fc.constant('remove' as const), key, positions: fc.array(fc.nat(3), { maxLength: 3 }) }),
  fc.record({ do: fc.constant('drop' as const), key }),
  fc.record({ do: fc.constant('acquire' as const), key, ttl: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('release' as const), key, fence: fc.nat(3) }),
  fc.record({ do: fc.constant('renew' as const), key, fence: fc.nat(3), ttl: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('sweep' as const), max: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 3, DAY) }),
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

interface Thing {
  readonly value: unknown;
  readonly revision: number;
  readonly expiresAt: number | null;
}

/** What is there, as lists and maps of live things; what expires is removed when the clock moves. */
class Model {
  now = 1_000;
  readonly entries = new Map<string, Thing>();
  readonly collections = new Map<string, { items: { position: number; value: unknown }[]; expiresAt: number | null }>();
  readonly leases = new Map<string, { fence: number; until: number }>();
  readonly numbers: number[] = [];
  readonly fences: number[] = [];

  wait(ms: number): void {
    this.now += ms;
    for (const things of [this.entries, this.collections])
      for (const [name, { expiresAt }] of things) if (expiresAt !== null && expiresAt <= this.now) things.delete(name);
    for (const [name, { until }] of this.leases) if (until + DAY <= this.now) this.leases.delete(name);
  }

  /** A number must be larger than every one before. */
  given(number: number): number {
    expect(number).toBeGreaterThan(this.numbers.at(-1) ?? 0);
    this.numbers.push(number);
    return number;
  }

  found(name: string): unknown {
    const thing = this.entries.get(name);
    return thing ? { key: name, ...thing } : null;
  }

  isRefused(name: string, { expected, lease }: Condition): 'fence' | 'revision' | null {
    if (lease && this.leases.get(lease.key)?.fence !== lease.fence) return 'fence';
    if (expected === undefined) return null;
    return (this.entries.get(name)?.revision ?? null) === expected ? null : 'revision';
  }
}

const fromEnd = (list: readonly number[], index: number): number => list.at(-1 - index) ?? 999_999_999;
const at = (model: Model, ttl: number | null): number | null => (ttl === null ? null : model.now + ttl);

function conditionOf(model: Model, one: { expected: number | null | undefined; fence: number | null }): Condition {
  return {
    ...(one.expected === undefined
      ? {}
      : { expected: one.expected === null ? null : fromEnd(model.numbers, one.expected) }),
    ...(one.fence === null ? {} : { lease: { key: KEYS[0]!, fence: fromEnd(model.fences, one.fence) } }),
  };
}

async function perform({ stores: { data } }: Opened, model: Model, one: Act): Promise<void> {
  const { now } = model;
  switch (one.do) {
    case 'set': {
      const condition = conditionOf(model, one);
      const expiresAt = at(model, one.ttl);
      const result = await data.set('s', one.key, one.value, now, { ...condition, expiresAt });
      const because = model.isRefused(one.key, condition);
      if (because) return expect(result).toEqual({ written: false, because, found: model.found(one.key) });
      if (!result.written) throw new Error('not written');
      model.entries.set(one.key, { value: one.value, revision: model.given(result.revision), expiresAt });
      return;
    }
    case 'delete': {
      const condition = conditionOf(model, one);
      const result = await data.delete('s', one.key, now, condition);
      const because = model.isRefused(one.key, condition);
      const found = model.found(one.key);
      expect(result).toEqual(because || !found ? { deleted: false, because, found } : { deleted: true });
      if (result.deleted) model.entries.delete(one.key);
      return;
    }
    case 'increment': {
      const before = model.entries.get(one.key) ?? { value: 0, expiresAt: at(model, one.ttl) };
      const counted = data.increment('s', one.key, one.by, now, { expiresAt: at(model, one.ttl) });
      if (typeof before.value !== 'number') return expect(counted).rejects.toMatchObject({ code: 'data.not_a_number' });
      const { value, revision } = await counted;
      expect(value).toBe(before.value + one.by);
      model.entries.set(one.key, { value, revision: model.given(revision), expiresAt: before.expiresAt });
      return;
    }
    case 'append': {
      const expiry = one.ttl === null ? {} : { expiresAt: now + one.ttl };
      const positions = await data.append('s', one.key, one.values, now, expiry);
      expect(positions).toHaveLength(one.values.length);
      if (positions.length === 0) return;
      const { items, expiresAt } = model.collections.get(one.key) ?? { items: [], expiresAt: null };
      const more = positions.map((position, index) => ({ position: model.given(position), value: one.values[index] }));
      model.collections.set(one.key, { items: [...items, ...more], expiresAt: expiry.expiresAt ?? expiresAt });
      return;
    }
    case 'remove': {
      const found = model.collections.get(one.key);
      const positions = one.positions.map((index) => fromEnd(model.numbers, index));
      const left = found?.items.filter(({ position }) => !positions.includes(position)) ?? [];
      expect(await data.remove('s', one.key, positions, now)).toBe((found?.items.length ?? 0) - left.length);
      if (left.length === 0) model.collections.delete(one.key);
      else model.collections.set(one.key, { ...found!, items: left });
      return;
    }
    case 'drop':
      expect(await data.drop('s', one.key, now)).toBe(model.collections.get(one.key)?.items.length ?? 0);
      model.collections.delete(one.key);
      return;
    case 'acquire': {
      const held = model.leases.get(one.key);
      const result = await data.acquire('s', one.key, 'h', one.ttl, now);
      if (held && held.until > now) return expect(result).toEqual({ acquired: false, holder: 'h', until: held.until });
      if (!result.acquired) throw new Error('not acquired');
      model.fences.push(model.given(result.fence));
      model.leases.set(one.key, { fence: result.fence, until: now + one.ttl });
      return;
    }
    case 'release': {
      const fence = fromEnd(model.fences, one.fence);
      const held = model.leases.get(one.key)?.fence === fence;
      // A lease that lapsed long ago may be swept or not: nothing depends on it.
      const released = await data.release('s', one.key, fence);
      if (held) expect(released).toBe(true);
      if (held) model.leases.delete(one.key);
      return;
    }
    case 'renew': {
      const fence = fromEnd(model.fences, one.fence);
      const held = model.leases.get(one.key)?.fence === fence;
      expect(await data.renew('s', one.key, fence, one.ttl, now)).toBe(held);
      if (held) model.leases.set(one.key, { fence, until: now + one.ttl });
      return;
    }
    case 'sweep':
      expect(await data.sweep(now, one.max)).toBeLessThanOrEqual(one.max);
      return;
    case 'wait':
      model.wait(one.ms);
  }
}

/** Everything that can be read is what the model says. */
async function compare({ stores: { data } }: Opened, model: Model): Promise<void> {
  const names = [...model.entries.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const listed = await data.list('s', model.now, { limit: 100 });
  expect(listed.items).toEqual(names.map((name) => model.found(name)));
  for (const name of KEYS) {
    expect(await data.get('s', name, model.now)).toEqual(model.found(name));
    const items = model.collections.get(name)?.items ?? [];
    expect((await data.page('s', name, model.now, { limit: 100 })).items).toEqual(items);
    expect(await data.count('s', name, model.now)).toBe(items.length);
  }
}

export function dataModelContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`data as a whole: ${sut.name}`, () => {
    it(
      'whatever is done, answers and contents are those of a model, also after a restart',
      async (_, opened) => {
        let space = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.boolean(), async (acts, restarts) => {
            const own = inSpace(opened, `run ${space++}`);
            const model = new Model();
            for (const one of acts) await perform(own, model, one);
            await compare(own, model);
            if (restarts && space % 10 === 0) await opened.restart();
            await compare(inSpace(opened, `run ${space - 1}`), model);
          }),
          { numRuns: 100 },
        );
      },
      120_000,
    );
  });
}

/** The same store, where space "s" is another one: each run begins with nothing. */
function inSpace(opened: Opened, name: string): Opened {
  const { data } = opened.stores;
  const spaced = new Proxy(data, {
    get: (target, method) => {
      const run = Reflect.get(target, method) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => run.apply(target, args[0] === 's' ? [name, ...args.slice(1)] : args);
    },
  });
  return { ...opened, stores: { ...opened.stores, data: spaced } };
}
