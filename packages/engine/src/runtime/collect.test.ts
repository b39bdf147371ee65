import type { Settings, TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../ports/system.ts';
import { chain, custom, Harness, type Steps } from '../testing/harness.ts';

const collect = (settings: Settings) => ({ id: 'collect', kind: 'collect' as const, settings });
const split = { id: 'split', kind: 'split' as const, settings: { expression: 'body.list' } };
const WHOLE = { count: '$number(headers.`split-count`)', index: '$number(headers.`split-index`)' };
/** split → work → collect → after */
const aggregator = (settings: Settings, work = custom('work')): TopologyModel =>
  chain('t', split, work, collect(settings), 'after');
const trash = async (h: Harness) => (await h.engine.reads.waiting({ state: 'trash' }, { limit: 10 })).items;

describe('collect', () => {
  test('what was split is joined again, in its first order, whatever order the parts arrive in', async () => {
    const steps: Steps = {
      work: (made) =>
        made.attempt === 1 && String(made.body) !== '3'
          ? { kind: 'redeliver', reason: 'x', delayMs: 100 * Number(made.body) }
          : { kind: 'forward', item: { body: made.body } },
    };
    const h = await Harness.start(aggregator(WHOLE), { steps });
    const id = await h.run('t', { list: [5, 3, 9, 1] });
    expect(await h.engine.ledger()).toMatchObject({ held: 1, delayed: 3, balanced: true });
    await h.clock.advance(2_000);
    expect(h.bodies('after')).toEqual([[5, 3, 9, 1]]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 11, done: 11 });
    expect(await h.engine.ledger()).toMatchObject({ held: 0, finished: 11, balanced: true });
  });

  test('without an index the parts are in order of arrival; the step of the last one lists them all', async () => {
    const h = await Harness.start(aggregator({ count: 3 }));
    const id = await h.run('t', { list: ['a', 'b', 'c'] });
    expect(h.bodies('after')).toEqual([['a', 'b', 'c']]);
    const { items } = await h.engine.reads.history(id, { limit: 50 });
    const parts = items.filter((item) => item.node === 'collect');
    expect(parts.map((part) => part.result)).toEqual(['joined', 'joined', 'forwarded']);
    expect(parts[2]!.parts).toEqual(parts.map((part) => part.message.id));
    expect(items.at(-1)!.message.parentId).toBe(parts[2]!.message.id);
  });

  test('by key: each key is a whole of its own', async () => {
    const h = await Harness.start(aggregator({ key: 'body.k', count: 2 }));
    await h.run('t', { list: [{ k: 1 }, { k: 2 }, { k: 2, n: 2 }, { k: 1, n: 2 }] });
    const wholes = h.bodies('after');
    expect(wholes).toHaveLength(2);
    expect(wholes).toContainEqual([{ k: 1 }, { k: 1, n: 2 }]);
    expect(wholes).toContainEqual([{ k: 2 }, { k: 2, n: 2 }]);
  });

  test('by condition over the parts so far', async () => {
    const h = await Harness.start(aggregator({ complete: '$sum(body.n) >= 10' }));
    await h.run('t', { list: [{ n: 4 }, { n: 5 }, { n: 6 }] });
    expect(h.bodies('after')).toEqual([[{ n: 4 }, { n: 5 }, { n: 6 }]]);
  });

  test('over processes: a hundred runs make wholes of ten, and every run is completed', async () => {
    const model = chain('t', collect({ scope: 'topology', key: '"all"', count: 10 }), 'after');
    const h = await Harness.start(model);
    for (let n = 0; n < 100; n++) await h.run('t', { n });
    expect(h.bodies('after')).toHaveLength(10);
    expect((h.bodies('after') as { n: number }[][]).flat().map(({ n }) => n)).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    );
    const { items } = await h.engine.reads.processes({}, { limit: 500 });
    expect(items.every((process) => process.status === 'completed')).toBe(true);
    expect(await h.engine.ledger()).toMatchObject({ held: 0, balanced: true });
  });

  test('missing parts: after its time a whole goes on with what came, or its parts are trash and can come again', async () => {
    const lost: Steps = {
      work: (made) =>
        String(made.body) === '2' && lose
          ? { kind: 'stop', reason: 'lost' }
          : { kind: 'forward', item: { body: made.body } },
    };
    let lose = true;
    const release = await Harness.start(aggregator({ count: 3, timeoutMs: 5_000 }), { steps: lost });
    const id = await release.run('t', { list: [1, 2, 3] });
    await release.clock.advance(4_999);
    expect(release.bodies('after')).toEqual([]);
    await release.clock.advance(1);
    expect(release.bodies('after')).toEqual([[1, 3]]);
    expect(await release.engine.process(id)).toMatchObject({ status: 'completed' });

    const fail = await Harness.start(aggregator({ count: 3, timeoutMs: 5_000, onTimeout: 'fail' }), { steps: lost });
    await fail.run('t', { list: [1, 2, 3] });
    await fail.clock.advance(5_000);
    expect(await trash(fail)).toMatchObject([{ code: 'collect.incomplete' }, { code: 'collect.incomplete' }]);
    expect((await fail.engine.ledger()).balanced).toBe(true);
    lose = false;
    for (const { message } of await trash(fail)) await fail.engine.interventions.replayTrash(message.id);
    await fail.clock.advance(4_999);
    expect(fail.bodies('after')).toEqual([]);
    await fail.clock.advance(1);
    expect(await trash(fail)).toHaveLength(2);
  });

  test('parts that fail for their time take the error path', async () => {
    const model = aggregator({ count: 3, timeoutMs: 5_000, onTimeout: 'fail' });
    const h = await Harness.start({
      ...model,
      nodes: [...model.nodes, custom('care')],
      connections: [...model.connections, { from: 'collect', to: 'care', on: 'error' }],
    });
    await h.run('t', { list: [1, 2] });
    await h.clock.advance(5_000);
    expect(h.bodies('care')).toEqual([1, 2]);
    expect(await h.engine.ledger()).toMatchObject({ held: 0, trash: 0, balanced: true });
  });

  test('late parts: trash, or stopped quietly, as the node says', async () => {
    for (const late of ['trash', 'stop'] as const) {
      const h = await Harness.start(aggregator({ count: 2, late }));
      const id = await h.run('t', { list: [1, 2, 3] });
      expect(h.bodies('after')).toEqual([[1, 2]]);
      const { items } = await h.engine.reads.history(id, { limit: 50 });
      const third = items.filter((item) => item.node === 'collect')[2]!;
      expect(third).toMatchObject(
        late === 'trash' ? { state: 'trash', code: 'collect.late' } : { state: 'done', result: 'stopped' },
      );
      expect((await h.engine.ledger()).balanced).toBe(true);
    }
  });

  test('O1: parts of one ordering key park one after the other and do not block each other', async () => {
    const h = await Harness.start(aggregator({ count: 5, orderingKey: '"k"' }));
    await h.run('t', { list: [1, 2, 3, 4, 5] });
    await h.clock.advance(0);
    expect(h.bodies('after')).toEqual([[1, 2, 3, 4, 5]]);
  });

  test('a cancelled process takes its parts along', async () => {
    const h = await Harness.start(aggregator({ count: 3 }));
    const id = await h.run('t', { list: [1, 2] });
    expect(await h.engine.ledger()).toMatchObject({ held: 2 });
    await h.engine.interventions.cancel(id);
    expect(await h.engine.ledger()).toMatchObject({ held: 0, balanced: true });
  });

  test('a part that waits is no user task: nobody can accept or reject it', async () => {
    const h = await Harness.start(aggregator({ count: 2 }));
    await h.run('t', { list: [1] });
    const { items } = await h.engine.reads.waiting({ state: 'held', hold: 'collecting' }, { limit: 10 });
    await expect(h.engine.interventions.acceptTask(items[0]!.message.id)).rejects.toMatchObject({
      code: 'message.unknown',
    });
    await expect(h.engine.interventions.rejectTask(items[0]!.message.id)).rejects.toMatchObject({
      code: 'message.unknown',
    });
  });

  test('text and bytes are joined as JSON can hold them', async () => {
    const h = await Harness.start(chain('t', collect({ scope: 'topology', count: 3 }), 'after'));
    await h.run('t', 'plain', { contentType: 'text/plain' });
    await h.engine.run('t', 'start', { body: new Uint8Array([255, 0]), contentType: 'application/octet-stream' });
    await h.run('t', '{broken', { contentType: 'application/json' });
    expect(h.bodies('after')).toEqual([['plain', '/wA=', '{broken']]);
  });

  test('hostile counts and keys are said, and the part is in trash', async () => {
    for (const [settings, code] of [
      [{ count: '"many"' }, 'collect.count_invalid'],
      [{ count: '0' }, 'collect.count_invalid'],
      [{ count: '$power(10, 9)' }, 'collect.count_invalid'],
      [{ count: 2, key: '$error("boom")' }, 'expression.failed'],
      [{ complete: '$error("boom")' }, 'expression.failed'],
    ] as const) {
      const h = await Harness.start(aggregator(settings));
      await h.run('t', { list: [1] });
      expect(await trash(h)).toMatchObject([{ code }]);
    }
  });

  for (const point of CRASH_POINTS)
    test(`B1, E3: killed at ${point}, every whole comes once and with all its parts`, async () => {
      for (const count of [1, 3, 7, 13, 20]) {
        const h = await Harness.start(aggregator({ ...WHOLE, timeoutMs: 60_000 }), { crashAt: { point, count } });
        for (let n = 0; n < 3; n++) void h.run('t', { list: [n, n + 1, n + 2, n + 3] });
        await h.clock.advance(2_000);
        await h.boot();
        await h.clock.advance(120_000);
        expect(await h.engine.ledger()).toMatchObject({ queued: 0, leased: 0, held: 0, trash: 0, balanced: true });
        const { items } = await h.engine.reads.processes({}, { limit: 10 });
        for (const process of items) expect(process).toMatchObject({ status: 'completed', total: 11, done: 11 });
        const wholes = new Map(
          h.calls.filter((made) => made.target.action === 'after').map((made) => [made.idempotencyKey, made.body]),
        );
        expect(wholes.size).toBe(items.length);
        for (const whole of wholes.values()) expect(JSON.parse(String(whole))).toHaveLength(4);
      }
    });
});
