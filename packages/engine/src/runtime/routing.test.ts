import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { chain, custom, Harness } from '../testing/harness.ts';

const fan = (
  kind: 'custom' | 'router',
  connections: { to: string; when?: string }[],
  settings = {},
): TopologyModel => ({
  name: 't',
  nodes: [
    { id: 'start', kind: 'start' },
    kind === 'router' ? { id: 'g', kind, settings } : { id: 'g', kind, worker: 'w', action: 'g', settings },
    ...['x', 'y', 'z'].map((id) => custom(id)),
  ],
  connections: [{ from: 'start', to: 'g' }, ...connections.map((connection) => ({ from: 'g', ...connection }))],
});
const called = (h: Harness): string[] =>
  h.calls
    .map((call) => call.target.action)
    .filter((action) => action !== 'g')
    .sort();

describe('where an output goes', () => {
  test('R39, R40: five steps in a chain hand the message on, each visible', async () => {
    const h = await Harness.start(chain('t', 'a', 'b', 'c', 'd', 'e'));
    const id = await h.run('t', { n: 1 });
    expect(h.calls.map((call) => call.target.action)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await h.states(id)).toEqual([
      'a: done (forwarded)',
      'b: done (forwarded)',
      'c: done (forwarded)',
      'd: done (forwarded)',
      'e: done (ended)',
    ]);
  });

  test('a step without conditions sends to all its followers', async () => {
    const h = await Harness.start(fan('custom', [{ to: 'x' }, { to: 'y' }, { to: 'z' }]));
    const id = await h.run('t');
    expect(called(h)).toEqual(['x', 'y', 'z']);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 5 });
  });

  test('conditions on connections choose, and no true one ends the branch', async () => {
    const model = fan('custom', [
      { to: 'x', when: 'body.n > 1' },
      { to: 'y', when: 'body.n > 0' },
      { to: 'z', when: 'body.n > 10' },
    ]);
    const h = await Harness.start(model);
    await h.run('t', { n: 2 });
    expect(called(h)).toEqual(['x', 'y']);
    expect(await h.engine.process(await h.run('t', { n: 0 }))).toMatchObject({ status: 'completed', total: 2 });
  });

  test('a router takes the first true connection, else its default', async () => {
    const h = await Harness.start(
      fan('router', [{ to: 'z' }, { to: 'x', when: 'body.n > 1' }, { to: 'y', when: 'body.n > 0' }]),
    );
    await h.run('t', { n: 2 });
    await h.run('t', { n: 1 });
    await h.run('t', { n: 0 });
    expect(h.calls.map((call) => call.target.action)).toEqual(['x', 'y', 'z']);
  });

  test('a router in mode "all" takes every true connection', async () => {
    const h = await Harness.start(
      fan('router', [{ to: 'x', when: 'body.n > 1' }, { to: 'y', when: 'body.n > 0' }, { to: 'z' }], { mode: 'all' }),
    );
    await h.run('t', { n: 2 });
    expect(called(h)).toEqual(['x', 'y']);
  });

  test('T1: a message that no connection of a router wants is trash, not lost', async () => {
    const h = await Harness.start(
      fan('router', [
        { to: 'x', when: 'false' },
        { to: 'y', when: 'false' },
        { to: 'z', when: 'false' },
      ]),
    );
    await h.run('t');
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 1 });
    expect(items[0]).toMatchObject({ code: 'step.no_route', node: 'g' });
  });

  test('T1: a chosen follower that is not connected is trash', async () => {
    const h = await Harness.start(fan('custom', [{ to: 'x' }, { to: 'y' }, { to: 'z' }]), {
      steps: { g: () => ({ kind: 'forward', item: { body: '{}' }, followers: ['nowhere'] }) },
    });
    await h.run('t');
    expect((await h.engine.reads.waiting({ state: 'trash' }, { limit: 1 })).items[0]).toMatchObject({
      code: 'step.follower_unknown',
    });
  });

  test('a broken condition is trash with the expression in the reason', async () => {
    const h = await Harness.start(fan('custom', [{ to: 'x', when: '$error("boom")' }, { to: 'y' }, { to: 'z' }]));
    await h.run('t');
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 1 });
    expect(items[0]).toMatchObject({ code: 'expression.failed' });
    expect(items[0]!.reason).toContain('boom');
  });
});

describe('built-in steps', () => {
  test('R54: map makes a new body, filter lets pass or stops, split makes items', async () => {
    const h = await Harness.start(
      chain(
        't',
        { id: 'map', kind: 'map', settings: { expression: '{"items": body.lines.{"sku": sku, "sum": qty * price}}' } },
        { id: 'split', kind: 'split', settings: { expression: 'body.items' } },
        { id: 'filter', kind: 'filter', settings: { condition: 'body.sum > 10' } },
        'out',
      ),
    );
    const id = await h.run('t', {
      lines: [
        { sku: 'a', qty: 2, price: 3 },
        { sku: 'b', qty: 5, price: 4 },
      ],
    });
    expect(h.bodies('out')).toEqual([{ sku: 'b', sum: 20 }]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });

  test('respond answers the caller who waits, and the process goes on', async () => {
    const h = await Harness.start(
      chain(
        't',
        'a',
        {
          id: 'r',
          kind: 'respond',
          settings: { status: 201, headers: { 'x-a': 'b' }, expression: '{"n": body.n + 1}' },
        },
        'after',
      ),
    );
    const { result } = await h.engine.runAndWait(
      't',
      'start',
      { body: '{"n":1}', contentType: 'application/json' },
      1_000,
    );
    expect(result).toMatchObject({
      kind: 'answer',
      answer: { status: 201, headers: { 'x-a': 'b' }, payload: { body: '{"n":2}' } },
    });
    await h.clock.advance(0);
    expect(h.bodies('after')).toEqual([{ n: 1 }]);
  });

  test('B7: a delay of 30 days passes in a moment of virtual time', async () => {
    const h = await Harness.start(chain('t', { id: 'd', kind: 'delay', settings: { delayMs: 30 * 86_400_000 } }, 'a'));
    await h.run('t');
    expect(await h.engine.ledger()).toMatchObject({ delayed: 1 });
    await h.clock.advance(30 * 86_400_000 - 1);
    expect(h.calls).toHaveLength(0);
    await h.clock.advance(1);
    expect(h.calls).toHaveLength(1);
  });

  test('a user task waits for a person, who may edit and accept or reject', async () => {
    const h = await Harness.start(chain('t', { id: 'ask', kind: 'user-task' }, 'a'));
    const accepted = await h.run('t', { n: 1 });
    const rejected = await h.run('t', { n: 2 });
    const { items } = await h.engine.reads.waiting({ state: 'held' }, { limit: 10 });
    await h.engine.interventions.acceptTask(items[0]!.message.id, { body: '{"n":10}' });
    await h.engine.interventions.rejectTask(items[1]!.message.id);
    await h.clock.advance(0);
    expect(h.bodies('a')).toEqual([{ n: 10 }]);
    expect(await h.engine.process(accepted)).toMatchObject({ status: 'completed' });
    expect(await h.engine.process(rejected)).toMatchObject({ status: 'completed' });
    await expect(h.engine.interventions.acceptTask(items[0]!.message.id)).rejects.toMatchObject({
      code: 'message.unknown',
    });
  });

  test('large bodies go through every step by claim check', async () => {
    const text = JSON.stringify({ text: 'x'.repeat(400_000), n: 1 });
    const h = await Harness.start(
      chain('t', 'a', { id: 'f', kind: 'filter', settings: { condition: 'body.n = 1' } }, 'b'),
    );
    const id = await h.run('t', text);
    expect(h.calls.map((call) => String(call.body).length)).toEqual([text.length, text.length]);
    const { items } = await h.engine.reads.history(id, { limit: 10 });
    expect(items.every((item) => item.message.payload.blob !== null)).toBe(true);
  });
});
