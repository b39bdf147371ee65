import type { Settings, TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { chain, custom, Harness } from '../testing/harness.ts';

const limited = (amount: number, windowMs: number, key?: string) =>
  custom('a', { limit: { amount, windowMs, ...(key ? { key } : {}) } });

/** Most calls in any window of that length. */
function busiest(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}

describe('limits', () => {
  test('L1, B11: never more than 10 calls in any sliding second, and all get through', async () => {
    const times: number[] = [];
    const h: Harness = await Harness.start(chain('t', limited(10, 1_000)), {
      steps: {
        a: (call) => {
          times.push(h.clock.now());
          return { kind: 'forward', item: { body: call.body } };
        },
      },
    });
    for (let i = 0; i < 60; i++) await h.run('t');
    await h.clock.advance(20_000);
    expect(times).toHaveLength(60);
    expect(busiest(times, 1_000)).toBe(10);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('L1: a restart gives no fresh window', async () => {
    const times: number[] = [];
    const h: Harness = await Harness.start(chain('t', limited(5, 10_000)), {
      steps: {
        a: (call) => {
          times.push(h.clock.now());
          return { kind: 'forward', item: { body: call.body } };
        },
      },
    });
    for (let i = 0; i < 12; i++) await h.run('t');
    await h.engine.stop(0);
    await h.boot();
    await h.clock.advance(100_000);
    expect(times).toHaveLength(12);
    expect(busiest(times, 10_000)).toBe(5);
  });

  test('L1: a key of its own for each user, from an expression', async () => {
    const h = await Harness.start(chain('t', limited(1, 60_000, 'user')));
    for (const user of ['ann', 'bob', 'ann']) await h.run('t', {}, { user });
    expect(h.calls.map((call) => call.user)).toEqual(['ann', 'bob']);
    await h.clock.advance(62_000);
    expect(h.calls).toHaveLength(3);
  });

  test('B11: one heavy user does not starve ninety-nine light ones', async () => {
    const at = new Map<string, number>();
    const h: Harness = await Harness.start(chain('t', limited(10, 1_000)), {
      steps: {
        a: (call) => {
          if (!at.has(call.user)) at.set(call.user, h.clock.now());
          return { kind: 'forward', item: { body: call.body } };
        },
      },
    });
    for (let i = 0; i < 500; i++) await h.run('t', {}, { user: 'heavy' });
    const began = h.clock.now();
    for (let i = 0; i < 99; i++) await h.run('t', {}, { user: `light-${i}` });
    await h.clock.advance(40_000);
    const waits = Array.from({ length: 99 }, (_, i) => at.get(`light-${i}`)! - began);
    // Alone, ninety-nine users with ten permits a second need ten windows of at most two seconds each.
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * 10 * 2_000);
    expect(waits.every((wait) => wait >= 0)).toBe(true);
  });

  test('a remote side that is full until a time is left alone until then, and no attempt is used', async () => {
    let full = true;
    const h: Harness = await Harness.start(chain('t', custom('a', { repeat: { attempts: 1 } })), {
      steps: {
        a: (call) => {
          if (full) return { kind: 'limit', reason: '429', untilMs: h.clock.now() + 5_000 };
          return { kind: 'forward', item: { body: call.body } };
        },
      },
    });
    const id = await h.run('t');
    full = false;
    await h.clock.advance(4_000);
    expect(h.calls).toHaveLength(1);
    await h.clock.advance(1_100);
    expect(h.calls.map((call) => call.attempt)).toEqual([1, 1]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });
});

describe('order', () => {
  test('O1, B8: inside a key first in, first out through random failures; keys do not wait for each other', async () => {
    const KEYS = 100;
    const EACH = 20;
    const seen = new Map<string, number[]>();
    let state = 7;
    const chance = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32;
    };
    const h = await Harness.start(
      chain('t', custom('a', { orderingKey: 'body.key', repeat: { attempts: 50, delayMs: 10, factor: 1 } })),
      {
        steps: {
          a: (call) => {
            if (chance() < 0.2) return { kind: 'redeliver', reason: 'chance' };
            const { key, n } = JSON.parse(String(call.body)) as { key: string; n: number };
            seen.set(key, [...(seen.get(key) ?? []), n]);
            return { kind: 'stop', reason: '' };
          },
        },
      },
    );
    for (let n = 0; n < EACH; n++)
      for (let key = 0; key < KEYS; key++)
        await h.engine.run('t', 'start', {
          body: JSON.stringify({ key: `k${key}`, n }),
          contentType: 'application/json',
        });
    await h.clock.advance(60_000);
    expect(seen.size).toBe(KEYS);
    for (const list of seen.values()) expect(list).toEqual(Array.from({ length: EACH }, (_, n) => n));
  }, 60_000);

  test('O1: prefetch 1 is strict order over the whole node, also when the first one repeats', async () => {
    let fail = true;
    const h = await Harness.start(chain('t', custom('a', { prefetch: 1, repeat: { delayMs: 1_000 } })), {
      steps: {
        a: (call) => {
          if (fail) {
            fail = false;
            return { kind: 'redeliver', reason: 'once' };
          }
          return { kind: 'forward', item: { body: call.body } };
        },
      },
    });
    for (let n = 0; n < 3; n++) await h.run('t', { n });
    await h.clock.advance(5_000);
    expect(h.bodies('a')).toEqual([{ n: 0 }, { n: 0 }, { n: 1 }, { n: 2 }]);
  });
});

describe('cron', () => {
  const cron = (settings: Settings): TopologyModel => ({
    name: 't',
    nodes: [{ id: 'every', kind: 'cron' as const, settings }, custom('a')],
    connections: [{ from: 'every', to: 'a' }],
  });

  test('fires at its times, with its body, in its time zone', async () => {
    const h = await Harness.start(cron({ cron: '0 8 * * *', timeZone: 'Europe/Stockholm', body: { job: 1 } }));
    await h.clock.advance(86_400_000);
    expect(h.bodies('a')).toEqual([{ job: 1 }]);
    expect(h.calls[0]!.headers['scheduled-at']).toBe('2026-01-01T07:00:00.000Z');
  });

  test('after an outage it fires once for what it missed, then goes on', async () => {
    const h = await Harness.start(cron({ cron: '* * * * *' }));
    await h.clock.advance(60_000);
    await h.engine.stop(0);
    await h.clock.advance(10 * 60_000);
    await h.boot();
    await h.clock.advance(1);
    expect(h.calls).toHaveLength(2);
    await h.clock.advance(60_000);
    expect(h.calls).toHaveLength(3);
  });

  const times = (h: Harness): string[] => h.calls.map((call) => call.headers['scheduled-at']!);
  /** Let an hour and a bit pass in which nothing runs. */
  const outage = async (settings: Settings, ms = 65 * 60_000): Promise<Harness> => {
    const h = await Harness.start(cron({ cron: '*/10 * * * *', ...settings }));
    await h.clock.advance(10 * 60_000);
    await h.engine.stop(0);
    h.calls.length = 0;
    await h.clock.advance(ms);
    await h.boot();
    await h.clock.advance(1);
    return h;
  };

  test('after an outage: the latest missed time by default, all of them, or none, as the node says', async () => {
    expect(times(await outage({}))).toEqual(['2026-01-01T01:10:00.000Z']);
    const all = await outage({ catchUp: 'all' });
    expect(times(all)).toEqual(
      ['20', '30', '40', '50']
        .map((m) => `2026-01-01T00:${m}:00.000Z`)
        .concat(['2026-01-01T01:00:00.000Z', '2026-01-01T01:10:00.000Z']),
    );
    const none = await outage({ catchUp: 'none' });
    expect(times(none)).toEqual([]);
    for (const h of [all, none]) {
      h.calls.length = 0;
      await h.clock.advance(10 * 60_000);
      expect(times(h)).toEqual(['2026-01-01T01:20:00.000Z']);
    }
  });

  test('catching up is bounded: of many missed times the latest thousand, and it is logged', async () => {
    const h = await outage({ catchUp: 'all', cron: '* * * * *' }, 3 * 86_400_000);
    await h.clock.advance(0);
    expect(h.calls).toHaveLength(1_000);
    expect(h.logged.some((line) => line.includes('More scheduled times were missed'))).toBe(true);
  });

  test('a crash in the middle of catching up starts nothing twice', async () => {
    const h = await Harness.start(cron({ cron: '*/10 * * * *', catchUp: 'all' }));
    await h.engine.stop(0);
    await h.clock.advance(60 * 60_000);
    await h.boot({ point: 'after-accept', count: 3 });
    await h.clock.advance(1);
    await h.boot();
    await h.clock.advance(1);
    expect((await h.engine.reads.processes({}, { limit: 50 })).items).toHaveLength(6);
  });

  /** Starts of a schedule in the night of a change of the clocks, from 20:00 to 04:00 UTC. */
  const around = async (day: string, schedule: string): Promise<string[]> => {
    const beginAt = Date.parse(`${day}T00:00:00Z`) - 4 * 3_600_000;
    const h = await Harness.start(cron({ cron: schedule, timeZone: 'Europe/Prague' }), { beginAt });
    await h.clock.advance(8 * 3_600_000);
    return times(h);
  };

  test('daylight saving: a time that does not exist fires at the first instant after the gap', async () => {
    expect(await around('2026-03-29', '30 2 * * *')).toEqual(['2026-03-29T01:00:00.000Z']);
  });

  test('daylight saving: a time that exists twice fires the first time only', async () => {
    expect(await around('2026-10-25', '30 2 * * *')).toEqual(['2026-10-25T00:30:00.000Z']);
  });

  test('daylight saving: what repeats within the hour goes on in equal steps', async () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      const starts = (await around(day, '*/30 * * * *')).map((time) => Date.parse(time));
      expect(new Set(starts.slice(1).map((at, index) => at - starts[index]!))).toEqual(new Set([1_800_000]));
    }
  });

  test('a schedule that cannot start holds up no other, and starts when it can', async () => {
    const h = await Harness.start([
      { ...cron({ cron: '*/10 * * * *' }), name: 'good' },
      { ...cron({ cron: '*/10 * * * *' }), name: 'bad' },
    ]);
    const { accept } = h.stores.messages;
    let broken = true;
    h.stores.messages.accept = (acceptance) =>
      broken && acceptance.topology === 'bad'
        ? Promise.reject(new Error('disk full'))
        : accept.call(h.stores.messages, acceptance);
    await h.clock.advance(10 * 60_000);
    expect(h.calls.map((call) => call.target.topology)).toEqual(['good']);
    broken = false;
    await h.clock.advance(10_000);
    expect(h.calls.map((call) => call.target.topology)).toEqual(['good', 'bad']);
    expect(new Set(times(h))).toEqual(new Set(['2026-01-01T00:10:00.000Z']));
  });

  test('a version with another body, enabled right after a start, does not start for the same time again', async () => {
    const h = await Harness.start(cron({ cron: '*/10 * * * *', body: 1 }));
    await h.clock.advance(10 * 60_000);
    const { key, value } = (await h.stores.records.list<{ nextAt: number }>('schedule'))[0]!;
    await h.engine.stop(0);
    // As if the engine had ended between the start and the row.
    await h.stores.records.write([
      { collection: 'schedule', key, value: { ...value, nextAt: value.nextAt - 600_000 } },
    ]);
    await h.boot();
    await h.deploy(cron({ cron: '*/10 * * * *', body: 2 }));
    await h.clock.advance(10_000);
    expect(h.bodies('a')).toEqual([1]);
    await h.clock.advance(10 * 60_000);
    expect(h.bodies('a')).toEqual([1, 2]);
  });

  test('a disabled topology fires no more', async () => {
    const h = await Harness.start(cron({ cron: '* * * * *' }));
    await h.engine.topologies.disable('t', 1);
    await h.clock.advance(600_000);
    expect(h.calls).toHaveLength(0);
  });
});
