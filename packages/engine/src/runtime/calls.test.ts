import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../ports/system.ts';
import { chain, custom, Harness, type Steps } from '../testing/harness.ts';

const call = (settings = {}) => ({ id: 'call', kind: 'call' as const, settings: { topology: 'callee', ...settings } });
const caller = (settings = {}, model = chain('caller', call(settings), 'after')): TopologyModel => model;
const callee = (...nodes: Parameters<typeof chain>[1][]): TopologyModel => chain('callee', ...nodes);
const respond = { id: 'answer', kind: 'respond' as const, settings: { expression: '{"got": body.n + 1}' } };

const children = async (h: Harness, parentId: string) =>
  (await h.engine.reads.processes({ parentId }, { limit: 10 })).items;
const trash = async (h: Harness, processId: string) =>
  (await h.engine.reads.waiting({ state: 'trash', processId }, { limit: 10 })).items;

describe('call', () => {
  test('the message waits for the called process and goes on with its answer; lineage leads both ways', async () => {
    const h = await Harness.start([callee('work', respond), caller()]);
    const id = await h.run('caller', { n: 1 }, { user: 'ann', headers: { tenant: 'x' } });
    expect(h.bodies('work')).toEqual([{ n: 1 }]);
    expect(h.bodies('after')).toEqual([{ got: 2 }]);
    expect(h.calls.at(-1)).toMatchObject({ user: 'ann', headers: { tenant: 'x' } });
    const [child] = await children(h, id);
    expect(child).toMatchObject({ topology: 'callee', status: 'completed', user: 'ann', depth: 1 });
    const { items } = await h.engine.reads.history(id, { limit: 10 });
    expect(child!.parent).toEqual({ processId: id, messageId: items[0]!.message.id, relation: 'call' });
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', parent: null });
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('while the called process runs the message is delayed, with the reason, and its process runs', async () => {
    const wait = { id: 'wait', kind: 'delay' as const, settings: { delayMs: 3_600_000 } };
    const h = await Harness.start([callee(wait), caller()]);
    const id = await h.run('caller', { n: 1 });
    expect(await h.states(id)).toEqual(['call: delayed (call)']);
    const [child] = await children(h, id);
    const { items } = await h.engine.reads.history(id, { limit: 1 });
    expect(items[0]!.reason).toContain(child!.id);
    await h.clock.advance(3_600_000);
    // Nothing answered: the body is unchanged.
    expect(h.bodies('after')).toEqual([{ n: 1 }]);
  });

  test('a called process that fails fails the message with its reason; mended and replayed, both go on', async () => {
    let broken = true;
    const steps: Steps = {
      work: (made) => (broken ? { kind: 'fail', reason: 'no stock' } : { kind: 'forward', item: { body: made.body } }),
    };
    const h = await Harness.start([callee('work', respond), caller()], { steps });
    const id = await h.run('caller', { n: 1 });
    const [failed] = await trash(h, id);
    expect(failed).toMatchObject({ node: 'call', code: 'call.failed' });
    expect(failed!.reason).toContain('no stock');
    broken = false;
    const [child] = await children(h, id);
    const [inChild] = await trash(h, child!.id);
    await h.engine.interventions.replayTrash(inChild!.message.id);
    await h.clock.advance(0);
    await h.engine.interventions.replayTrash(failed!.message.id);
    await h.clock.advance(0);
    expect(h.bodies('after')).toEqual([{ got: 2 }]);
    expect(await children(h, id)).toHaveLength(1);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', failed: 0 });
  });

  test('a failed call that is replayed while the called process is still failed calls anew', async () => {
    let calls = 0;
    const steps: Steps = {
      work: (made) => (++calls === 1 ? { kind: 'fail', reason: 'no' } : { kind: 'forward', item: { body: made.body } }),
    };
    const h = await Harness.start([callee('work'), caller()], { steps });
    const id = await h.run('caller', { n: 1 });
    const [failed] = await trash(h, id);
    await h.engine.interventions.replayTrash(failed!.message.id);
    await h.clock.advance(0);
    expect(h.bodies('after')).toEqual([{ n: 1 }]);
    // Both began in the same instant: nothing says which is first.
    expect((await children(h, id)).map((child) => child.status).sort()).toEqual(['completed', 'failed']);
  });

  test('without waiting the message goes on at once with its own body', async () => {
    const wait = { id: 'wait', kind: 'delay' as const, settings: { delayMs: 1_000 } };
    const h = await Harness.start([callee(wait, 'work'), caller({ wait: false })]);
    const id = await h.run('caller', { n: 1 });
    expect(h.bodies('after')).toEqual([{ n: 1 }]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
    expect(await children(h, id)).toMatchObject([{ status: 'running', parent: { relation: 'start' } }]);
  });

  test('a call that takes too long is trash, and replayed it waits for the same process', async () => {
    const wait = { id: 'wait', kind: 'delay' as const, settings: { delayMs: 10_000 } };
    const h = await Harness.start([callee(wait, respond), caller({ timeoutMs: 3_000 })]);
    const id = await h.run('caller', { n: 1 });
    await h.clock.advance(2_999);
    expect(await trash(h, id)).toHaveLength(0);
    await h.clock.advance(1);
    const [late] = await trash(h, id);
    expect(late).toMatchObject({ code: 'call.timed_out' });
    await h.clock.advance(5_000);
    await h.engine.interventions.replayTrash(late!.message.id);
    await h.clock.advance(2_500);
    expect(h.bodies('after')).toEqual([{ got: 2 }]);
    expect(await children(h, id)).toHaveLength(1);
  });

  test('a topology that calls itself for ever is stopped at a depth, with a clear fault', async () => {
    const h = await Harness.start([chain('self', { id: 'call', kind: 'call', settings: { topology: 'self' } })]);
    await h.run('self', {});
    await h.clock.advance(0);
    const { items } = await h.engine.reads.waiting({ state: 'trash', code: 'call.too_deep' }, { limit: 10 });
    expect(items).toHaveLength(1);
    const processes = await h.engine.reads.processes({}, { limit: 100 });
    expect(processes.items).toHaveLength(33);
    expect(processes.items.every((process) => process.status === 'failed')).toBe(true);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('what cannot be called is said: unknown topology, disabled topology, unclear start', async () => {
    const two: TopologyModel = {
      name: 'two',
      nodes: [{ id: 'x', kind: 'start' }, { id: 'y', kind: 'start' }, custom('a')],
      connections: [
        { from: 'x', to: 'a' },
        { from: 'y', to: 'a' },
      ],
    };
    const h = await Harness.start([callee('work'), two]);
    await h.engine.topologies.disable('callee', 1);
    for (const [topology, code] of [
      ['nowhere', 'topology.unknown'],
      ['callee', 'topology.not_enabled'],
      ['two', 'call.start_unclear'],
    ]) {
      await h.deploy(chain(`to-${topology}`, call({ topology })));
      expect(await trash(h, await h.run(`to-${topology}`))).toMatchObject([{ code }]);
    }
    await h.deploy(chain('clear', call({ topology: 'two', startNode: 'y' })));
    expect(await h.engine.process(await h.run('clear'))).toMatchObject({ status: 'completed' });
  });

  test('cancelled from above: the called process is cancelled too; cancelled from below: the caller is told', async () => {
    const wait = { id: 'wait', kind: 'delay' as const, settings: { delayMs: 10_000 } };
    const h = await Harness.start([callee(wait), caller()]);
    const above = await h.run('caller');
    await h.engine.interventions.cancel(above);
    expect(await children(h, above)).toMatchObject([{ status: 'cancelled' }]);
    const below = await h.run('caller');
    await h.engine.interventions.cancel((await children(h, below))[0]!.id);
    await h.clock.advance(0);
    expect(await trash(h, below)).toMatchObject([{ code: 'call.failed' }]);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('large bodies go down and come back', async () => {
    const text = JSON.stringify({ text: 'x'.repeat(400_000), n: 1 });
    const h = await Harness.start([callee('work', { id: 'answer', kind: 'respond' }), caller()]);
    await h.run('caller', text);
    await h.clock.advance(0);
    expect(String(h.calls.at(-1)!.body)).toBe(text);
  });

  for (const point of CRASH_POINTS)
    test(`B1: killed at ${point}, every call is made once and every caller goes on`, async () => {
      for (const count of [1, 3, 6, 9]) {
        const slow = custom('work', { repeat: { attempts: 5, delayMs: 100 } });
        const h = await Harness.start([callee(slow, respond), caller()], {
          crashAt: { point, count },
          steps: {
            work: (made) =>
              made.attempt === 1 ? { kind: 'redeliver', reason: 'x' } : { kind: 'forward', item: { body: made.body } },
          },
        });
        for (let n = 0; n < 3; n++) void h.run('caller', { n });
        await h.clock.advance(2_000);
        await h.boot();
        await h.clock.advance(10_000);
        expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, delayed: 0, trash: 0, balanced: true });
        const callers = (await h.engine.reads.processes({ topology: 'caller' }, { limit: 10 })).items;
        const called = (await h.engine.reads.processes({ topology: 'callee' }, { limit: 10 })).items;
        expect(called).toHaveLength(callers.length);
        expect([...callers, ...called].every((process) => process.status === 'completed')).toBe(true);
        const afters = h.calls.filter((made) => made.target.action === 'after');
        expect(new Set(afters.map((made) => made.idempotencyKey)).size).toBe(callers.length);
      }
    });
});

describe('topics', () => {
  const publisher = chain('publisher', { id: 'out', kind: 'topic', settings: { topic: 'orders' } }, 'after');
  const subscriber = (name: string, settings = {}): TopologyModel => ({
    name,
    nodes: [{ id: 'in', kind: 'topic', settings: { topic: 'orders', ...settings } }, custom(name)],
    connections: [{ from: 'in', to: name }],
  });

  test('R51: a third subscriber joins by being enabled, and nobody else is touched', async () => {
    const h = await Harness.start([publisher, subscriber('mail'), subscriber('stock')]);
    const first = await h.run('publisher', { n: 1 });
    await h.deploy(subscriber('archive'));
    await h.run('publisher', { n: 2 });
    await h.engine.topologies.disable('mail', 1);
    await h.run('publisher', { n: 3 });
    expect(h.bodies('mail')).toEqual([{ n: 1 }, { n: 2 }]);
    expect(h.bodies('stock')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(h.bodies('archive')).toEqual([{ n: 2 }, { n: 3 }]);
    expect(h.bodies('after')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect((await children(h, first)).map(({ topology, parent }) => [topology, parent?.relation]).sort()).toEqual([
      ['mail', 'topic'],
      ['stock', 'topic'],
    ]);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('a new version of a subscriber takes the place of the old one', async () => {
    const h = await Harness.start([publisher, subscriber('mail')]);
    await h.deploy(subscriber('mail'));
    await h.run('publisher', { n: 1 });
    expect(h.bodies('mail')).toEqual([{ n: 1 }]);
    expect(h.calls.find((made) => made.target.action === 'mail')!.target.version).toBe(2);
  });

  test('a subscriber in trouble is in its own trash; the publisher and the others do not notice', async () => {
    const broken = subscriber('broken', { businessKey: '$error("no")' });
    broken.connections[0]!.when = '$error("boom")';
    const h = await Harness.start([publisher, broken, subscriber('mail')]);
    const id = await h.run('publisher', { n: 1 });
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
    expect(h.bodies('mail')).toEqual([{ n: 1 }]);
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 });
    expect(items).toMatchObject([{ node: 'in', code: 'expression.failed' }]);
  });

  test('a publication that nobody subscribes to says so and goes on', async () => {
    const h = await Harness.start(publisher);
    const id = await h.run('publisher', { n: 1 });
    const { items } = await h.engine.reads.history(id, { limit: 10 });
    expect(items[0]).toMatchObject({ state: 'done', reason: 'published to 0 subscribers' });
    expect(h.bodies('after')).toEqual([{ n: 1 }]);
  });

  test('two topologies that publish to each other for ever are stopped at a depth', async () => {
    const echo = (name: string, from: string, to: string): TopologyModel => ({
      name,
      nodes: [
        { id: 'in', kind: 'topic', settings: { topic: from } },
        { id: 'out', kind: 'topic', settings: { topic: to } },
      ],
      connections: [{ from: 'in', to: 'out' }],
    });
    const h = await Harness.start([echo('ping', 'a', 'b'), echo('pong', 'b', 'a')]);
    await h.engine.run('ping', 'in', { body: '{}' });
    await h.clock.advance(0);
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 });
    expect(items).toMatchObject([{ code: 'call.too_deep' }]);
  });

  for (const point of CRASH_POINTS)
    test(`B1, R51: killed at ${point}, no subscriber misses a publication and none sees it twice`, async () => {
      for (const count of [1, 2, 4, 7]) {
        const h = await Harness.start([publisher, subscriber('mail'), subscriber('stock')], {
          crashAt: { point, count },
        });
        for (let n = 0; n < 3; n++) void h.run('publisher', { n });
        await h.clock.advance(1_000);
        await h.boot();
        await h.clock.advance(10_000);
        const published = (await h.engine.reads.processes({ topology: 'publisher' }, { limit: 10 })).items.length;
        for (const name of ['mail', 'stock']) {
          const { items } = await h.engine.reads.processes({ topology: name }, { limit: 10 });
          expect(items).toHaveLength(published);
          expect(items.every((process) => process.status === 'completed')).toBe(true);
        }
        expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, trash: 0, balanced: true });
      }
    });
});
