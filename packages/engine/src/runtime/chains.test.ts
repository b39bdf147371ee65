// Steps that a worker does one after the other in one call: to everybody else they are steps like any other.

import type { StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { chain, custom, Harness, type HarnessOptions, type Steps } from '../testing/harness.ts';

const LINE = chain('t', 'a', 'b', 'c');

/** Adds its name to a list, the owner and a header. */
const mark =
  (name: string) =>
  ({ body, headers }: StepCall) =>
    ({
      kind: 'forward',
      item: {
        body: JSON.stringify([...(JSON.parse(String(body)) as string[]), name]),
        ...(name === 'b' ? { headers: { ...headers, seen: 'b' }, user: 'bob' } : {}),
      },
    }) as const;
const MARKS: Steps = { a: mark('a'), b: mark('b'), c: mark('c') };

/** A queue is known once something was in it: chains lead to known ones only. */
async function warm(model: TopologyModel | TopologyModel[], options: HarnessOptions = {}): Promise<Harness> {
  const h = await Harness.start(model, { chains: true, ...options });
  await h.run('t', []);
  h.calls.length = 0;
  return h;
}

/** A step that takes so long by the clock of the test. */
async function later(h: Harness, ms: number): Promise<void> {
  const goOn = h.interleaver.pause();
  await new Promise<void>((resolve) => h.clock.at(h.clock.now() + ms, resolve));
  goOn();
}

/** One that a crash may cut off, or that takes longer than the test waits. */
function begin(h: Harness): void {
  h.run('t', []).catch(() => {});
}

/** Calls that the engine made, as the actions each went through. */
function spy(h: Harness): string[][] {
  const made: string[][] = [];
  const { workers } = h;
  const call = workers.call.bind(workers);
  workers.call = (worker, first, timeoutMs, signal, given) => {
    made.push([first.target.action, ...(given?.links ?? []).map(({ target }) => target.action)]);
    return call(worker, first, timeoutMs, signal, given);
  };
  return made;
}

const record = async (h: Harness, id: string) =>
  (await h.engine.reads.history(id, { limit: 50 })).items.map(({ message, node, state, result, reason, emitted }) => ({
    ...{ node, state, result, reason, emitted },
    ...{ id: message.id.split('.')[1], parent: message.parentId?.split('.')[1], body: message.payload.body },
    ...{ user: message.user, headers: message.headers, contentType: message.contentType, attempt: message.attempt },
  }));

describe('a chain', () => {
  test('is one call, and leaves the history, the ids and the calls of steps that are called one by one', async () => {
    const runs = [];
    for (const chains of [false, true]) {
      const h = await warm(LINE, { steps: MARKS, chains });
      const made = spy(h);
      const id = await h.run('t', ['x'], { user: 'ann', headers: { tenant: 'z' } });
      expect(made).toEqual(chains ? [['a', 'b', 'c']] : [['a'], ['b'], ['c']]);
      expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 4, done: 4 });
      expect((await h.engine.ledger()).balanced).toBe(true);
      runs.push({ history: await record(h, id), calls: h.calls });
    }
    expect(runs[1]!.history.map(({ body }) => body)).toEqual(['["x"]', '["x","a"]', '["x","a","b"]']);
    expect(runs[1]!.history[2]).toMatchObject({ user: 'bob', headers: { tenant: 'z', seen: 'b' } });
    expect(runs[1]).toEqual(runs[0]);
  });

  const ends: [string, ReturnType<NonNullable<Steps[string]>>, string[]][] = [
    ['fails', { kind: 'fail', reason: 'no' }, ['a: done (forwarded)', 'b: trash (trash)']],
    ['stops', { kind: 'stop', reason: 'enough' }, ['a: done (forwarded)', 'b: done (stopped)']],
    ['holds', { kind: 'hold', reason: 'look' }, ['a: done (forwarded)', 'b: held (held)']],
    ['is to be repeated', { kind: 'redeliver', reason: 'later' }, ['a: done (forwarded)', 'b: delayed (repeat)']],
    [
      'means nothing',
      { kind: 'malformed', code: 'worker.answer_malformed', reason: '?' },
      ['a: done (forwarded)', 'b: trash (trash)'],
    ],
    [
      'names its followers',
      { kind: 'forward', item: { body: '[]' }, followers: ['c'] },
      ['a: done (forwarded)', 'b: done (forwarded)', 'c: done (ended)'],
    ],
    [
      'names one it has not',
      { kind: 'forward', item: { body: '[]' }, followers: ['z'] },
      ['a: done (forwarded)', 'b: trash (trash)'],
    ],
  ];
  for (const [what, answer, states] of ends)
    test(`ends at a step that ${what}, and only that step has this fate`, async () => {
      let now: typeof answer = { kind: 'forward', item: { body: '[]' } };
      const h = await warm(LINE, { steps: { ...MARKS, b: () => now } });
      now = answer;
      const made = spy(h);
      const id = await h.run('t', []);
      expect(made[0]).toEqual(['a', 'b', 'c']);
      expect(await h.states(id)).toEqual(states);
      expect((await h.engine.ledger()).balanced).toBe(true);
    });

  test('a repeated step goes on in a chain of its own, with what it had before', async () => {
    let broken = false;
    const h = await warm(LINE, {
      steps: { ...MARKS, b: (call) => (broken ? { kind: 'redeliver', reason: 'later' } : mark('b')(call)) },
    });
    broken = true;
    const id = await h.run('t', []);
    broken = false;
    const made = spy(h);
    await h.clock.advance(600_000);
    expect(made).toEqual([['b', 'c']]);
    expect(h.bodies('c').at(-1)).toEqual(['a', 'b']);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });

  test('a batch may end it', async () => {
    const model = chain('t', 'a', { id: 'b', kind: 'batch', worker: 'w', action: 'b' }, 'c');
    const items = [1, 2].map((n) => ({ body: `[${n}]` }));
    const h = await warm(model, { steps: { b: () => ({ kind: 'split', items }) } });
    const made = spy(h);
    await h.run('t', []);
    expect(made).toEqual([['a', 'b'], ['c'], ['c']]);
  });

  const apart: [string, TopologyModel][] = [
    ['a limit', chain('t', 'a', custom('b', { limit: { amount: 100, windowMs: 1_000 } }), 'c')],
    ['an ordering key', chain('t', 'a', custom('b', { orderingKey: 'body.key' }), 'c')],
    ['a breakpoint', chain('t', 'a', custom('b', { breakpoint: true }), 'c')],
    ['another worker', chain('t', 'a', { ...custom('b'), worker: 'other' }, 'c')],
    [
      'a condition',
      {
        ...LINE,
        connections: [
          { from: 'start', to: 'a' },
          { from: 'a', to: 'b', when: 'true' },
          { from: 'b', to: 'c' },
        ],
      },
    ],
    [
      'a second follower',
      {
        ...LINE,
        connections: [
          { from: 'start', to: 'a' },
          { from: 'a', to: 'b' },
          { from: 'a', to: 'c' },
        ],
      },
    ],
  ];
  for (const [what, model] of apart)
    test(`${what} keeps steps apart`, async () => {
      const forward = (call: StepCall) => ({ kind: 'forward', item: { body: call.body } }) as const;
      const h = await warm(model, { workers: { w: forward, other: forward } });
      const made = spy(h);
      await h.run('t', []);
      expect(made[0]).toEqual(['a']);
    });

  test('there are never more calls at a node than its prefetch', async () => {
    const running = { b: 0, most: 0 };
    let wait = 0;
    const model = chain(
      't',
      custom('a', { prefetch: 50 }),
      custom('b', { prefetch: 3 }),
      custom('c', { prefetch: 50 }),
    );
    const h: Harness = await warm(model, {
      steps: {
        b: async ({ body }) => {
          running.most = Math.max(running.most, ++running.b);
          if (wait > 0) await later(h, wait);
          running.b--;
          return { kind: 'forward', item: { body } };
        },
      },
    });
    wait = 100;
    for (let i = 0; i < 20; i++) void h.run('t', []);
    await h.clock.advance(10_000);
    expect(running).toEqual({ b: 0, most: 3 });
    expect((await h.engine.ledger()).balanced).toBe(true);
    expect(h.calls.filter(({ target }) => target.action === 'c')).toHaveLength(20);
  });

  test('of the room of a node that is through with it, a chain keeps nothing', async () => {
    let most = 0;
    let slow = 0;
    const model = chain('t', custom('a', { prefetch: 2 }), custom('b', { prefetch: 20 }));
    let wait = 0;
    const h: Harness = await warm(model, {
      steps: {
        b: async ({ body }) => {
          most = Math.max(most, ++slow);
          if (wait > 0) await later(h, wait);
          slow--;
          return { kind: 'forward', item: { body } };
        },
      },
    });
    wait = 1_000;
    for (let i = 0; i < 20; i++) void h.run('t', []);
    await h.clock.advance(500);
    expect(most).toBe(20);
    await h.clock.advance(10_000);
  });

  test('what is done is on disk while the next step runs: after a crash only that one is called again', async () => {
    let wait = 0;
    const h: Harness = await warm(LINE, {
      steps: {
        ...MARKS,
        b: async (call) => {
          if (wait > 0) await later(h, wait);
          return mark('b')(call);
        },
      },
    });
    wait = 1_000;
    begin(h);
    await h.clock.advance(10);
    const [id] = (await h.engine.reads.processes({ status: 'running' }, { limit: 1 })).items.map((one) => one.id);
    expect(await h.states(id!)).toEqual(['a: done (forwarded)', 'b: ready']);
    expect(await h.engine.ledger()).toMatchObject({ leased: 1, queued: 0, balanced: true });
    wait = 0;
    h.crash({ point: 'before-accept', count: 1 });
    begin(h);
    await h.clock.advance(10);
    expect(h.crashed).toBe(true);
    h.calls.length = 0;
    await h.boot();
    await h.clock.advance(10_000);
    expect(h.calls.map(({ target }) => target.action)).toEqual(['b', 'c']);
    expect(await h.engine.process(id!)).toMatchObject({ status: 'completed', total: 4, done: 4 });
  });

  test('a step that is not answered in time is repeated from where it was', async () => {
    let wait = 0;
    const model = chain('t', 'a', custom('b', { timeoutMs: 200, repeat: { attempts: 5, delayMs: 1_000 } }), 'c');
    const h: Harness = await warm(model, {
      steps: {
        ...MARKS,
        b: async (call) => {
          if (wait > 0) await later(h, wait);
          return mark('b')(call);
        },
      },
    });
    wait = 5_000;
    const running = h.run('t', []);
    await h.clock.advance(300);
    wait = 0;
    await h.clock.advance(20_000);
    const id = await running;
    expect(h.calls.map(({ target, attempt }) => `${target.action}${attempt}`)).toEqual(['a1', 'b1', 'b2', 'c1']);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });

  test('a process that is cancelled meanwhile emits nothing more, whatever the worker says', async () => {
    let wait = 0;
    const h: Harness = await warm(LINE, {
      steps: {
        ...MARKS,
        b: async (call) => {
          if (wait > 0) await later(h, wait);
          return mark('b')(call);
        },
      },
    });
    wait = 1_000;
    begin(h);
    await h.clock.advance(10);
    const [process] = (await h.engine.reads.processes({ status: 'running' }, { limit: 1 })).items;
    await h.engine.interventions.cancel(process!.id);
    await h.clock.advance(10_000);
    expect(await h.engine.process(process!.id)).toMatchObject({ status: 'cancelled' });
    expect(await h.states(process!.id)).toEqual(['a: done (forwarded)', 'b: done (cancelled)']);
    expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, balanced: true });
  });

  test('a breakpoint that is set while a step runs holds the next message, not the one that is in work', async () => {
    let wait = 0;
    const h: Harness = await warm(LINE, {
      steps: {
        ...MARKS,
        a: async (call) => {
          if (wait > 0) await later(h, wait);
          return mark('a')(call);
        },
      },
    });
    wait = 1_000;
    const first = h.run('t', []);
    await h.clock.advance(10);
    await h.engine.topologies.setBreakpoint('t', 'b', true);
    await h.clock.advance(10_000);
    expect(await h.states(await first)).toEqual(['a: done (forwarded)', 'b: done (forwarded)', 'c: done (ended)']);
    wait = 0;
    expect(await h.states(await h.run('t', []))).toEqual(['a: done (forwarded)', 'b: held (breakpoint)']);
  });

  test('a large body goes through the blob store and on', async () => {
    const large = JSON.stringify(['x'.repeat(400_000)]);
    let body = '[]';
    const h = await warm(LINE, { steps: { ...MARKS, a: () => ({ kind: 'forward', item: { body } }) } });
    body = large;
    const id = await h.run('t', []);
    expect(h.bodies('c').at(-1)).toEqual([...JSON.parse(large), 'b']);
    const { items } = await h.engine.reads.history(id, { limit: 5 });
    expect(items.map(({ message }) => message.payload.blob !== null)).toEqual([false, true, true]);
  });

  for (const point of ['before-call', 'after-call', 'before-commit', 'after-commit'] as const)
    for (const seed of [1, 2, 3])
      test(`B1: killed at ${point}, messages in chains are finished once (seed ${seed})`, async () => {
        const h = await Harness.start(chain('t', 'a', 'b', 'c', 'd'), {
          seed,
          chains: true,
          steps: {
            c: ({ attempt, messageId, body }) =>
              attempt === 1 && messageId.charCodeAt(messageId.length - 1) % 3 === 0
                ? { kind: 'redeliver', reason: 'x' }
                : { kind: 'forward', item: { body } },
          },
        });
        await h.run('t', []);
        const made = spy(h);
        h.crash({ point, count: seed * 4 });
        const accepted: string[] = [];
        for (let i = 0; i < 20; i++) void h.run('t', { i }).then((id) => accepted.push(id));
        await h.clock.advance(3_000);
        expect(h.crashed).toBe(true);
        expect(made.some((actions) => actions.length > 1)).toBe(true);

        await h.boot();
        await h.clock.advance(600_000);
        expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, delayed: 0, trash: 0, balanced: true });
        const { items } = await h.engine.reads.processes({}, { limit: 500 });
        for (const id of accepted) expect(items.map((process) => process.id)).toContain(id);
        for (const process of items) expect(process).toMatchObject({ status: 'completed', total: 5, done: 5 });
        const keys = new Set(h.calls.filter(({ target }) => target.action === 'd').map((call) => call.idempotencyKey));
        expect(keys.size).toBe(items.length);
      });
});
