// Permits that messages and callers share, in virtual time.

import { afterEach, describe, expect, test } from 'vitest';
import { applicationKey } from '../core/limit.ts';
import { chain, custom, Harness } from '../testing/harness.ts';

const SHOP = { amount: 10, windowMs: 1_000 };

/** Most calls in any window of that length. */
function busiest(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}

let h: Harness;
afterEach(() => h.close());

/** A chain of one step whose calls are limited by its application, for each user. */
async function shop(steps: NonNullable<Parameters<typeof Harness.start>[1]>['steps'] = {}, settings = {}) {
  const harness = await Harness.start(chain('t', custom('a', settings)), { steps });
  harness.workers.limitedBy((_worker, _target, user) => [applicationKey('shop', user, SHOP)]);
  return harness;
}

const key = (user = 'default'): string => applicationKey('shop', user, SHOP);

/** Callers that come one after the other as fast as they are let; each call takes no time. */
async function callers(count: number, times: number[], { user = 'default', waitMs = 60_000, keys = [key(user)] } = {}) {
  const refused: number[] = [];
  const all = Array.from({ length: count }, async () => {
    const permit = await h.engine.limits.acquire(keys, { user, waitMs });
    if (!permit.granted) return void refused.push(permit.retryAfterMs);
    times.push(h.clock.now());
    permit.settle();
  });
  await h.settle();
  return { refused, all: Promise.all(all) };
}

const tick = async (ms: number, step = 100): Promise<void> => {
  for (let at = 0; at < ms; at += step) {
    await h.clock.advance(step);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('limits that messages and callers share', () => {
  test('L1, B11: a step without a limit of its own keeps the one its application declares', async () => {
    const times: number[] = [];
    h = await shop({
      a: (call) => {
        times.push(h.clock.now());
        return { kind: 'forward', item: { body: call.body } };
      },
    });
    for (let n = 0; n < 35; n++) await h.run('t');
    await tick(10_000);
    expect(times).toHaveLength(35);
    expect(busiest(times, 1_000)).toBe(10);
  });

  test('L1, B11: messages and callers together never exceed it, and neither waits for the end of the other', async () => {
    const messages: number[] = [];
    const calls: number[] = [];
    h = await shop({
      a: (call) => {
        messages.push(h.clock.now());
        return { kind: 'forward', item: { body: call.body } };
      },
    });
    for (let n = 0; n < 60; n++) await h.run('t');
    const { refused } = await callers(60, calls);
    await tick(30_000);
    expect([messages.length, calls.length, refused.length]).toEqual([60, 60, 0]);
    expect(busiest([...messages, ...calls], 1_000)).toBe(10);
    // By turns: in the middle of the work both have had about half.
    const half = [...messages, ...calls].sort((a, b) => a - b)[59]!;
    const had = (times: number[]): number => times.filter((at) => at <= half).length;
    expect(had(calls)).toBeGreaterThanOrEqual(20);
    expect(had(messages)).toBeGreaterThanOrEqual(20);
  });

  test('B11: among callers users take turns', async () => {
    h = await shop();
    const forAll = [applicationKey('shop', null, { amount: 1, windowMs: 1_000 })];
    const heavy: number[] = [];
    const light: number[] = [];
    await callers(20, heavy, { user: 'heavy', keys: forAll });
    await callers(1, light, { user: 'light', keys: forAll });
    await tick(60_000);
    expect(heavy).toHaveLength(20);
    expect(heavy.filter((at) => at < light[0]!).length).toBeLessThanOrEqual(2);
  });

  test('a caller that may not wait long enough is told when there is room again', async () => {
    h = await shop();
    const times: number[] = [];
    await callers(10, times);
    const { refused } = await callers(1, times, { waitMs: 0 });
    expect(times).toHaveLength(10);
    expect(refused[0]).toBeGreaterThan(900);
    expect(refused[0]).toBeLessThanOrEqual(2_000);
  });

  test('a caller that leaves gives its place to the next', async () => {
    h = await shop();
    const times: number[] = [];
    await callers(10, times);
    const controller = new AbortController();
    const gone = h.engine.limits.acquire([key()], { user: 'default', waitMs: 60_000, signal: controller.signal });
    await h.settle();
    await callers(10, times);
    controller.abort();
    expect((await gone).granted).toBe(false);
    await tick(3_000);
    expect(times).toHaveLength(20);
  });

  test('L1: permits of several keys are got all or none: both limits hold, and no permit is wasted', async () => {
    const times: number[] = [];
    h = await shop(
      {
        a: (call) => {
          times.push(h.clock.now());
          return { kind: 'forward', item: { body: call.body } };
        },
      },
      { limit: { amount: 3, windowMs: 5_000 } },
    );
    for (let n = 0; n < 12; n++) await h.run('t');
    const calls: number[] = [];
    await callers(40, calls);
    await tick(60_000);
    expect([times.length, calls.length]).toEqual([12, 40]);
    expect(busiest(times, 5_000)).toBe(3);
    expect(busiest([...times, ...calls], 1_000)).toBeLessThanOrEqual(10);
    // Callers need the permit of the application only: the slow node does not hold them up.
    expect(Math.max(...calls) - Math.min(...calls)).toBeLessThan(15_000);
  });

  test('L1: callers with two keys get both, while others compete for each of them', async () => {
    h = await shop();
    const one = applicationKey('shop', 'ann', { amount: 2, windowMs: 1_000 });
    const all = applicationKey('shop', null, { amount: 3, windowMs: 1_000 });
    const both: number[] = [];
    const first: number[] = [];
    const second: number[] = [];
    await callers(10, first, { keys: [one] });
    await callers(10, second, { keys: [all] });
    await callers(10, both, { keys: [one, all] });
    await tick(40_000);
    expect([both.length, first.length, second.length]).toEqual([10, 10, 10]);
    expect(busiest([...both, ...first], 1_000)).toBeLessThanOrEqual(2);
    expect(busiest([...both, ...second], 1_000)).toBeLessThanOrEqual(3);
  });

  test('B11: what the remote side says holds for messages and callers alike, of that user only, and over a restart', async () => {
    let full = true;
    const times: number[] = [];
    h = await shop({
      a: (call) => {
        if (full) return { kind: 'limit', reason: '429', untilMs: h.clock.now() + 30_000 };
        times.push(h.clock.now());
        return { kind: 'forward', item: { body: call.body } };
      },
    });
    const began = h.clock.now();
    await h.run('t');
    full = false;
    await h.run('t');
    await h.run('t', {}, { user: 'other' });
    expect(times).toHaveLength(1);
    const { refused } = await callers(1, [], { waitMs: 5_000 });
    expect(refused[0]).toBeGreaterThan(29_000);

    await h.engine.stop(0);
    await h.boot();
    expect((await callers(1, [], { waitMs: 0 })).refused[0]).toBeGreaterThan(29_000);
    await tick(40_000, 1_000);
    expect(times).toHaveLength(3);
    expect(Math.min(...times.slice(1))).toBeGreaterThanOrEqual(began + 30_000);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('L1: a restart gives callers no fresh window', async () => {
    h = await shop();
    const times: number[] = [];
    await callers(10, times);
    await h.engine.stop(0);
    await h.boot();
    const { refused } = await callers(1, times, { waitMs: 0 });
    expect([times.length, refused.length]).toEqual([10, 1]);
  });

  test('an application that declares no limit costs no permit, and waits only when its service says so', async () => {
    h = await shop();
    const bare = applicationKey('shop', 'ann');
    const times: number[] = [];
    await callers(50, times, { keys: [bare] });
    expect(times).toHaveLength(50);
    expect(h.disk.permits).toEqual([]);
    await h.engine.limits.pause(bare, h.clock.now() + 5_000);
    const { refused } = await callers(1, times, { keys: [bare], waitMs: 1_000 });
    expect(refused).toEqual([5_000]);
  });
});
