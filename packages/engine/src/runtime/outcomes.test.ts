import type { StepCall } from '@sluice/protocol';
import { OUTCOME_TABLE } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { type Answer, chain, custom, Harness } from '../testing/harness.ts';

const LATER = { repeat: { attempts: 3, delayMs: 1_000, factor: 2 } };

/** What each answer of the outcome table leads to: state of the message, and whether the follower got something. */
const CASES: readonly {
  answer: string;
  reply: (call: StepCall) => Answer;
  first: string;
  next: number;
  kind?: 'batch';
}[] = [
  {
    answer: 'forward',
    reply: () => ({ kind: 'forward', item: { body: '{}' } }),
    first: 'a: done (forwarded)',
    next: 1,
  },
  {
    answer: 'forward to chosen',
    reply: () => ({ kind: 'forward', item: { body: '{}' }, followers: ['b'] }),
    first: 'a: done (forwarded)',
    next: 1,
  },
  {
    answer: 'split',
    kind: 'batch',
    reply: () => ({ kind: 'split', items: [{ body: '1' }, { body: '2' }] }),
    first: 'a: done (forwarded)',
    next: 2,
  },
  {
    answer: 'split, again with output',
    kind: 'batch',
    reply: ({ cursor }) =>
      cursor === null
        ? { kind: 'split', items: [{ body: '1' }], cursor: '2' }
        : { kind: 'split', items: [{ body: '2' }] },
    first: 'a: done (forwarded)',
    next: 2,
  },
  {
    answer: 'split, again without output',
    kind: 'batch',
    reply: ({ cursor }) =>
      cursor === null ? { kind: 'split', items: [], cursor: '2' } : { kind: 'split', items: [{ body: '2' }] },
    first: 'a: done (forwarded)',
    next: 1,
  },
  { answer: 'redeliver', reply: () => ({ kind: 'redeliver', reason: 'busy' }), first: 'a: delayed (repeat)', next: 0 },
  { answer: 'limit reached', reply: () => ({ kind: 'limit', reason: 'full' }), first: 'a: limited (limit)', next: 0 },
  { answer: 'hold', reply: () => ({ kind: 'hold', reason: 'look' }), first: 'a: held (held)', next: 0 },
  { answer: 'stop quietly', reply: () => ({ kind: 'stop', reason: 'enough' }), first: 'a: done (stopped)', next: 0 },
  { answer: 'fail', reply: () => ({ kind: 'fail', reason: 'no' }), first: 'a: trash (trash)', next: 0 },
  {
    answer: 'unknown or other code',
    reply: () => ({ kind: 'forward', item: { body: '{}' } }),
    first: 'a: done (forwarded)',
    next: 1,
  },
  {
    answer: 'thrown error',
    reply: () => ({ kind: 'malformed', code: 'worker.refused', reason: '400' }),
    first: 'a: trash (trash)',
    next: 0,
  },
  {
    answer: 'overloaded or failing worker',
    reply: () => ({ kind: 'unanswered', reason: '503' }),
    first: 'a: delayed (repeat)',
    next: 0,
  },
  {
    answer: 'no answer',
    reply: () => ({ kind: 'unanswered', reason: 'timeout' }),
    first: 'a: delayed (repeat)',
    next: 0,
  },
  {
    answer: 'unreachable worker',
    reply: () => ({ kind: 'unreachable', reason: 'refused' }),
    first: 'a: ready',
    next: 0,
  },
  {
    answer: 'malformed answer',
    reply: () => ({ kind: 'malformed', code: 'worker.answer_malformed', reason: 'html' }),
    first: 'a: trash (trash)',
    next: 0,
  },
  {
    answer: 'wrong content type',
    reply: () => ({ kind: 'malformed', code: 'worker.answer_malformed', reason: 'text' }),
    first: 'a: trash (trash)',
    next: 0,
  },
];

describe('what an answer means', () => {
  test('every row of the outcome table has a case here', () => {
    expect(CASES.map((row) => row.answer)).toEqual(OUTCOME_TABLE.map((row) => row.answer));
  });

  for (const { answer, reply, first, next, kind = 'custom' } of CASES)
    test(`${answer}: ${first}`, async () => {
      const step = { id: 'a', kind, worker: 'w', action: 'a', settings: LATER } as const;
      const h = await Harness.start(chain('t', step, 'b'), { steps: { a: reply } });
      const id = await h.run('t');
      expect((await h.states(id))[0]).toBe(first);
      expect(h.bodies('b')).toHaveLength(next);
      expect((await h.engine.ledger()).balanced).toBe(true);
    });
});

describe('repeats', () => {
  test('R43: a step that fails twice is called exactly three times, with growing delays, and goes on', async () => {
    const at: number[] = [];
    const h: Harness = await Harness.start(chain('t', custom('a', LATER), 'b'), {
      steps: {
        a: () => {
          at.push(h.clock.now());
          return at.length < 3 ? { kind: 'redeliver', reason: 'busy' } : { kind: 'forward', item: { body: '{}' } };
        },
      },
    });
    const id = await h.run('t');
    await h.clock.advance(10_000);
    expect(h.calls.filter((call) => call.target.action === 'a').map((call) => call.attempt)).toEqual([1, 2, 3]);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(900);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(1_800);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 3, done: 3 });
  });

  test('T1: used-up attempts end in trash with the history of all of them', async () => {
    const h = await Harness.start(chain('t', custom('a', LATER)), {
      steps: { a: () => ({ kind: 'unanswered', reason: 'timeout' }) },
    });
    const id = await h.run('t');
    await h.clock.advance(60_000);
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 });
    expect(items[0]).toMatchObject({ code: 'worker.unanswered', message: { processId: id } });
    expect(items[0]!.attempts.map((attempt) => attempt.attempt)).toEqual([1, 2, 3]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'failed', failed: 1 });
  });

  test('every attempt carries the same idempotency key', async () => {
    const h = await Harness.start(chain('t', custom('a', LATER)), {
      steps: { a: () => ({ kind: 'redeliver', reason: 'x' }) },
    });
    await h.run('t');
    await h.clock.advance(60_000);
    expect(new Set(h.calls.map((call) => call.idempotencyKey)).size).toBe(1);
    expect(h.calls).toHaveLength(3);
  });

  test('what the operator sets on the node wins over what the worker asks for', async () => {
    const h = await Harness.start(chain('t', custom('a', { repeat: { attempts: 2, delayMs: 100 } })), {
      steps: { a: () => ({ kind: 'redeliver', reason: 'x', delayMs: 60_000, attempts: 10 }) },
    });
    await h.run('t');
    await h.clock.advance(1_000);
    expect(h.calls).toHaveLength(2);
  });

  test('a circuit that is open lets one call through at a time, whichever nodes of the worker wait', async () => {
    const at = new Map<number, number>();
    let away = true;
    const nodes = ['a', 'b', 'c'];
    const h = await Harness.start(
      {
        name: 't',
        nodes: [{ id: 'start', kind: 'start' }, ...nodes.map((id) => custom(id))],
        connections: nodes.map((to) => ({ from: 'start', to })),
      },
      {
        workers: {
          w: () => {
            at.set(h.clock.now(), (at.get(h.clock.now()) ?? 0) + 1);
            return away ? { kind: 'unreachable', reason: 'refused' } : { kind: 'forward', item: { body: '{}' } };
          },
        },
      },
    );
    const began = h.clock.now();
    for (let run = 0; run < 3; run++) await h.run('t');
    await h.clock.advance(5_000);
    const tries = [...at].filter(([now]) => now > began);
    expect(tries.length).toBeGreaterThan(3);
    expect(tries.map(([, calls]) => calls)).toEqual(tries.map(() => 1));
    away = false;
    await h.clock.advance(20_000);
    expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, trash: 0, balanced: true });
  });

  test('an unreachable worker uses up no attempt: the message waits in its queue and goes when the worker is back', async () => {
    let away = true;
    const h = await Harness.start(chain('t', custom('a', LATER)), {
      steps: {
        a: () => (away ? { kind: 'unreachable', reason: 'refused' } : { kind: 'forward', item: { body: '{}' } }),
      },
    });
    const id = await h.run('t');
    await h.clock.advance(120_000);
    expect(await h.engine.ledger()).toMatchObject({ queued: 1, delayed: 0, trash: 0 });
    expect(h.calls.length).toBeLessThan(30);
    away = false;
    h.workers.arrived('w');
    await h.clock.advance(0);
    expect(h.calls.at(-1)).toMatchObject({ attempt: 1 });
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });

  test('R41: while a worker is away its queue grows, and drains when it is back', async () => {
    const h = await Harness.start(chain('t', 'a'));
    await h.workers.leave('w');
    for (let i = 0; i < 5; i++) await h.run('t');
    expect(await h.engine.ledger('t')).toMatchObject({ queued: 5 });
    const { localTransport } = await import('../adapters/workers/local.ts');
    h.workers.join(
      'w',
      localTransport((call) => ({ kind: 'forward', item: { body: call.body } })),
    );
    await h.clock.advance(0);
    expect(await h.engine.ledger('t')).toMatchObject({ queued: 0, finished: 10, balanced: true });
  });
});

describe('batches', () => {
  const batch = { id: 'a', kind: 'batch', worker: 'w', action: 'a' } as const;

  test('a cursor runs through all pages, and the process counts every message', async () => {
    const h = await Harness.start(chain('t', batch, 'b'), {
      steps: {
        a: ({ cursor }) => ({
          kind: 'split',
          items: [1, 2, 3].map((n) => ({ body: `${n}` })),
          ...(cursor === null ? { cursor: '2' } : {}),
        }),
      },
    });
    const id = await h.run('t');
    expect(h.bodies('b')).toHaveLength(6);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 9, done: 9 });
  });

  test('a batch whose cursor does not move for 3 pages stops and says so', async () => {
    const h = await Harness.start(chain('t', batch), {
      steps: { a: () => ({ kind: 'split', items: [], cursor: 'same' }) },
    });
    await h.run('t');
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 });
    expect(items[0]).toMatchObject({ code: 'step.cursor_stuck' });
    expect(h.calls.length).toBeLessThanOrEqual(4);
  });
});
