import { Fail, Redeliver } from '@sluice/sdk';
import { describe, expect, test, vi } from 'vitest';
import { testFlow } from '../index.ts';
import { inWords, milliseconds } from './duration.ts';
import { chain, custom, DAY, shop } from './fixtures.ts';

describe('virtual time', () => {
  test('B7: a delay of 30 days, 10 retries and a limit pass without a server, a socket or a timer', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
    await using flow = await testFlow(
      chain(
        { id: 'wait', kind: 'delay', settings: { delayMs: 30 * DAY } },
        { id: 'stubborn', settings: { repeat: { attempts: 11, delayMs: 1_000, factor: 2, maxDelayMs: 60_000 } } },
        { id: 'limited', settings: { limit: { amount: 1, windowMs: 60_000 } } },
      ),
      {
        workers: shop(
          custom('stubborn', ({ attempt }) => {
            if (attempt <= 10) throw new Redeliver('not yet');
          }),
          custom('limited', (_message, context) => ({ at: context.now() })),
        ),
      },
    );
    const runs = [await flow.start('in', { n: 1 }), await flow.start('in', { n: 2 })];
    await flow.advance('29 days 23 h');
    expect(flow.calls).toHaveLength(0);
    expect(runs.map((run) => run.status)).toEqual(['running', 'running']);
    await flow.finish();

    expect(runs.map((run) => run.status)).toEqual(['completed', 'completed']);
    expect(flow.calls.filter((call) => call.target.node === 'stubborn')).toHaveLength(22);
    expect(flow.elapsed).toBeGreaterThan(30 * DAY);
    expect(process.getActiveResourcesInfo().filter((name) => /TCP|Pipe.*Server/.test(name))).toEqual([]);
    for (const timer of timers) expect(timer).not.toHaveBeenCalled();
    expect((await flow.ledger()).balanced).toBe(true);
  });

  test('a step sees the time of the test, and what it asks to wait for comes at that time', async () => {
    const seen: number[] = [];
    await using flow = await testFlow(chain({ id: 'a', settings: { repeat: { attempts: 2, delayMs: 90_000 } } }), {
      beginAt: '2031-05-01T00:00:00Z',
      workers: shop(
        custom('a', ({ attempt }, context) => {
          seen.push(context.now());
          if (attempt === 1) throw new Redeliver('later', { delayMs: 1 });
        }),
      ),
    });
    await flow.start('in');
    const passed = await flow.finish();
    expect(seen).toEqual([Date.UTC(2031, 4, 1), Date.UTC(2031, 4, 1) + passed]);
    expect(passed).toBeGreaterThanOrEqual(81_000);
  });

  test('a cron node starts at its hours, as many times as they come', async () => {
    await using flow = await testFlow(
      {
        name: 'nightly',
        nodes: [
          { id: 'night', kind: 'cron', settings: { cron: '0 3 * * *', timeZone: 'Europe/Prague' } },
          { id: 'count', kind: 'custom', worker: 'shop', action: 'count' },
        ],
        connections: [{ from: 'night', to: 'count' }],
      },
      { workers: shop(custom('count')) },
    );
    await flow.advance('7 days');
    expect(flow.calls.map((call) => call.headers['scheduled-at']?.slice(11))).toEqual(Array(7).fill('02:00:00.000Z'));
  });

  test('trash is looked at, edited and replayed; a user task is accepted', async () => {
    await using flow = await testFlow(chain({ id: 'check' }, { id: 'ask', kind: 'user-task' }, { id: 'end' }), {
      workers: shop(
        custom('check', (message) => {
          if (message.json<{ vat?: string }>().vat === undefined) throw new Fail('No VAT number.');
        }),
        custom('end'),
      ),
    });
    const run = await flow.start('in', { name: 'Ann' }, { user: 'ann' });
    await flow.settle();
    expect(run.status).toBe('failed');
    const [trashed] = await flow.trash();
    expect(trashed).toMatchObject({
      node: 'check',
      user: 'ann',
      code: 'step.failed',
      reason: expect.stringContaining('No VAT'),
    });
    await trashed!.replay({ body: JSON.stringify({ ...trashed!.json<object>(), vat: 'CZ1' }) });
    await flow.settle();
    await flow.advance('3 days');
    const [task] = await flow.tasks();
    expect(task!.json()).toEqual({ name: 'Ann', vat: 'CZ1' });
    await task!.accept();
    await flow.settle();
    expect([run.status, run.counts]).toEqual(['completed', { total: 4, done: 4, failed: 0 }]);
  });

  test('what a respond node answers is the answer of the run', async () => {
    await using flow = await testFlow(
      chain({ id: 'out', kind: 'respond', settings: { status: 201, expression: '{"hello": body.name}' } }),
    );
    const run = await flow.start('in', { name: 'Ann' });
    await flow.settle();
    const answer = await run.answer();
    expect([answer!.status, answer!.json()]).toEqual([201, { hello: 'Ann' }]);
  });

  test('times are read as people write them, and nothing else is', () => {
    expect(['30 days', '1h 30m', '1.5 s', '500ms', '2 weeks', '1d2h', 7].map(milliseconds)).toEqual([
      30 * DAY,
      5_400_000,
      1_500,
      500,
      14 * DAY,
      DAY + 7_200_000,
      7,
    ]);
    const hostile = [
      '',
      'soon',
      '3',
      '3 dayz',
      '-1 s',
      '1 s later',
      '1e3 s',
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      {},
      '__proto__',
      '1 constructor',
    ];
    for (const got of hostile) expect(() => milliseconds(got as string)).toThrow('A time such as');
    expect([0, 947, 3_869, 30 * DAY, DAY + 3_661_500].map(inWords)).toEqual([
      '0',
      '947ms',
      '3.869s',
      '30d',
      '1d 1h 1m 1.5s',
    ]);
  });

  test('a step that the flow does not have is named before anything starts', async () => {
    await expect(testFlow(chain({ id: 'a' }, { id: 'b' }), { workers: shop(custom('a')) })).rejects.toMatchObject({
      code: 'test.worker_missing',
      message: expect.stringContaining('node "b" of "shop" wants custom "b" of worker "shop", and it has custom "a"'),
    });
    await expect(testFlow({ name: 'x', nodes: [{ id: 'a', kind: 'nonsense' }] })).rejects.toMatchObject({
      code: 'topology.invalid',
    });
    await expect(testFlow(null)).rejects.toMatchObject({ code: 'topology.invalid' });
  });
});
