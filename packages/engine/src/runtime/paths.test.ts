import type { CallResult } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../ports/system.ts';
import { custom, Harness, type Steps } from '../testing/harness.ts';

type Connections = TopologyModel['connections'];
const with_ = (paths: Connections, a: TopologyModel['nodes'][number] = custom('a')): TopologyModel => ({
  name: 't',
  nodes: [{ id: 'start', kind: 'start' }, a, custom('next'), custom('x'), custom('y')],
  connections: [
    { from: 'start', to: 'a' },
    { from: 'a', to: 'next' },
    { from: 'next', to: 'x', when: 'false' },
    { from: 'next', to: 'y', when: 'false' },
    ...paths,
  ],
});
const called = (h: Harness): string[] => h.calls.map((made) => made.target.action);
const trash = async (h: Harness) => (await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 })).items;
const fails = (code?: string): Steps => ({
  a: () => ({ kind: 'fail', reason: 'no stock', ...(code ? { code } : {}) }),
});

describe('error paths', () => {
  test('T1: instead of trash the message goes along it, as it was, with what went wrong in its headers', async () => {
    const h = await Harness.start(with_([{ from: 'a', to: 'x', on: 'error' }]), { steps: fails('stock.none') });
    const id = await h.run('t', { n: 1 }, { headers: { tenant: 'x' } });
    expect(called(h)).toEqual(['a', 'x']);
    expect(h.calls[1]).toMatchObject({ body: '{"n":1}', headers: { tenant: 'x', 'error-code': 'stock.none' } });
    expect(h.calls[1]!.headers['error-reason']).toContain('no stock');
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', failed: 0, total: 3, done: 3 });
    const { items } = await h.engine.reads.history(id, { limit: 10 });
    expect(items[0]).toMatchObject({ state: 'done', result: 'error' });
    expect(items[0]!.reason).toContain('no stock');
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('codes choose: the path that names the code, else the one for all, else trash', async () => {
    const named: Connections = [{ from: 'a', to: 'x', on: 'error', codes: ['one', 'two'] }];
    const all: Connections = [{ from: 'a', to: 'y', on: 'error' }];
    for (const [paths, code, way] of [
      [[...all, ...named], 'two', 'x'],
      [[...all, ...named], 'three', 'y'],
      [named, 'three', null],
    ] as const) {
      const h = await Harness.start(with_([...paths]), { steps: fails(code) });
      await h.run('t');
      expect(called(h)).toEqual(way ? ['a', way] : ['a']);
      expect(await trash(h)).toHaveLength(way ? 0 : 1);
    }
  });

  const KINDS: Record<string, { node?: TopologyModel['nodes'][number]; answer?: CallResult; code: string }> = {
    'used-up attempts': {
      node: custom('a', { repeat: { attempts: 2, delayMs: 1 } }),
      answer: { kind: 'unanswered', reason: 'timeout' },
      code: 'worker.unanswered',
    },
    'a malformed answer': {
      answer: { kind: 'malformed', code: 'worker.answer_malformed', reason: 'html' },
      code: 'worker.answer_malformed',
    },
    'a broken expression': {
      node: { id: 'a', kind: 'map', settings: { expression: '$error("boom")' } },
      code: 'expression.failed',
    },
    'a call that fails': {
      node: { id: 'a', kind: 'call', settings: { topology: 'nowhere' } },
      code: 'topology.unknown',
    },
    'an unknown follower': {
      answer: { kind: 'forward', item: { body: '{}' }, followers: ['nowhere'] },
      code: 'step.follower_unknown',
    },
  };
  for (const [what, { node, answer, code }] of Object.entries(KINDS))
    test(`it is taken by ${what}`, async () => {
      const h = await Harness.start(with_([{ from: 'a', to: 'x', on: 'error', codes: [code] }], node), {
        steps: answer ? { a: () => answer } : {},
      });
      await h.run('t', { n: 1 });
      await h.clock.advance(1_000);
      expect(called(h).at(-1)).toBe('x');
      expect(h.calls.at(-1)!.headers['error-code']).toBe(code);
    });

  test('T1: a path that cannot be entered is trash with the first reason', async () => {
    const model = with_([{ from: 'a', to: 'x', on: 'error' }]);
    const nodes = model.nodes.map((node) => (node.id === 'x' ? custom('x', { orderingKey: '$error("boom")' }) : node));
    const h = await Harness.start({ ...model, nodes }, { steps: fails('stock.none') });
    await h.run('t');
    expect(await trash(h)).toMatchObject([{ node: 'a', code: 'stock.none' }]);
  });
});

describe('timer paths', () => {
  const timer: Connections = [{ from: 'a', to: 'x', on: 'timer', afterMs: 1_000 }];

  test('a message that waits too long leaves along it, wherever it is: repeated, limited, held, or nobody takes it', async () => {
    const nodes: [string, TopologyModel['nodes'][number], Steps][] = [
      [
        'repeated',
        custom('a', { repeat: { attempts: 99, delayMs: 400, factor: 1 } }),
        { a: () => ({ kind: 'redeliver', reason: 'busy' }) },
      ],
      ['limited', custom('a'), { a: () => ({ kind: 'limit', reason: 'full', untilMs: Date.UTC(2027, 0, 1) }) }],
      ['held', { id: 'a', kind: 'user-task' }, {}],
      ['worker away', { id: 'a', kind: 'custom', worker: 'away', action: 'a' }, {}],
      ['delay', { id: 'a', kind: 'delay', settings: { delayMs: 60_000 } }, {}],
    ];
    for (const [what, node, steps] of nodes) {
      const h = await Harness.start(with_(timer, node), { steps });
      const id = await h.run('t', { n: 1 });
      await h.clock.advance(999);
      expect(called(h), what).not.toContain('x');
      await h.clock.advance(1);
      expect(called(h).at(-1), what).toBe('x');
      expect(h.bodies('x'), what).toEqual([{ n: 1 }]);
      await h.clock.advance(120_000);
      expect(
        called(h).filter((action) => action === 'x' || action === 'next'),
        what,
      ).toEqual(['x']);
      expect(await h.engine.process(id), what).toMatchObject({ status: 'completed', total: 3, done: 3 });
      expect(await h.engine.ledger(), what).toMatchObject({
        queued: 0,
        delayed: 0,
        limited: 0,
        held: 0,
        balanced: true,
      });
    }
  });

  test('the answer of a worker that comes after it is ignored, and the history says so', async () => {
    let answer!: (result: CallResult) => void;
    const h: Harness = await Harness.start(with_(timer), {
      steps: {
        a: () => {
          const goOn = h.interleaver.pause();
          return new Promise<CallResult>((resolve) => {
            answer = (result) => {
              goOn();
              resolve(result);
            };
          });
        },
      },
    });
    const id = await h.run('t', { n: 1 });
    await h.clock.advance(1_000);
    expect(called(h)).toEqual(['a', 'x']);
    answer({ kind: 'forward', item: { body: '{"late":true}' } });
    await h.clock.advance(0);
    expect(called(h)).toEqual(['a', 'x']);
    const { items } = await h.engine.reads.history(id, { limit: 10 });
    expect(items[0]).toMatchObject({ node: 'a', state: 'done', result: 'timer', attempts: [{ code: 'late' }] });
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 3, done: 3 });
  });

  test('a message that goes on in time leaves no timer behind', async () => {
    const h = await Harness.start(with_(timer));
    await h.run('t');
    expect(h.stores.messages.nextTimer()).toBeNull();
    await h.clock.advance(5_000);
    expect(called(h)).toEqual(['a', 'next']);
  });

  test('from trash it is no longer at the node; replayed, its time begins again', async () => {
    let broken = true;
    const h = await Harness.start(with_(timer), {
      steps: {
        a: () => (broken ? { kind: 'fail', reason: 'no' } : { kind: 'redeliver', reason: 'busy', delayMs: 300 }),
      },
    });
    await h.run('t');
    await h.clock.advance(10_000);
    expect(called(h)).toEqual(['a']);
    broken = false;
    await h.engine.interventions.replayTrash((await trash(h))[0]!.message.id);
    await h.clock.advance(999);
    expect(called(h)).not.toContain('x');
    await h.clock.advance(1);
    expect(called(h)).toContain('x');
  });

  for (const point of CRASH_POINTS)
    test(`B1, E5: killed at ${point}, every message leaves once, in time or along the timer path`, async () => {
      for (const count of [1, 4, 8]) {
        const slow = custom('a', { repeat: { attempts: 99, delayMs: 450, factor: 1 } });
        const h = await Harness.start(with_(timer, slow), {
          crashAt: { point, count },
          steps: {
            a: (made) =>
              String(made.body).includes('1')
                ? { kind: 'redeliver', reason: 'busy' }
                : { kind: 'forward', item: { body: made.body } },
          },
        });
        for (let n = 0; n < 4; n++) void h.run('t', { n });
        await h.clock.advance(500);
        await h.boot();
        await h.clock.advance(10_000);
        expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, delayed: 0, trash: 0, balanced: true });
        const { items } = await h.engine.reads.processes({}, { limit: 10 });
        for (const process of items) expect(process).toMatchObject({ status: 'completed', total: 3, done: 3 });
      }
    });
});
