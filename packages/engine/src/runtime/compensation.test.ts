import type { TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../ports/system.ts';
import { chain, custom, Harness, type Steps } from '../testing/harness.ts';

/** book flight → book hotel → pay; each booking can be undone. */
const trip = (compensate: 'on-failure' | 'manual', change: Partial<TopologyModel> = {}): TopologyModel => {
  const model = chain('trip', 'flight', 'hotel', 'pay');
  return {
    ...model,
    nodes: [...model.nodes, custom('cancel-flight'), custom('cancel-hotel')],
    connections: [
      ...model.connections,
      { from: 'flight', to: 'cancel-flight', on: 'compensation' },
      { from: 'hotel', to: 'cancel-hotel', on: 'compensation' },
    ],
    settings: { compensate },
    ...change,
  };
};
const made = (body: unknown) => ({ kind: 'forward' as const, item: { body: JSON.stringify(body) } });
const BOOKED: Steps = {
  flight: () => made({ flight: 'F1' }),
  hotel: () => made({ flight: 'F1', hotel: 'H1' }),
  pay: () => ({ kind: 'fail', reason: 'no money' }),
};
const undone = (h: Harness): string[] =>
  h.calls.map((call) => call.target.action).filter((action) => action.startsWith('cancel'));
const compensationOf = async (h: Harness, id: string) =>
  (await h.engine.reads.processes({ parentId: id }, { limit: 10 })).items.find(
    (process) => process.parent?.relation === 'compensation',
  );
const trash = async (h: Harness, processId: string) =>
  (await h.engine.reads.waiting({ state: 'trash', processId }, { limit: 10 })).items;

describe('compensation', () => {
  test('a failed process is undone by itself: the last completed step first, each with what it had made', async () => {
    const h = await Harness.start(trip('on-failure'), { steps: BOOKED });
    const id = await h.run('trip', {});
    await h.clock.advance(0);
    expect(undone(h)).toEqual(['cancel-hotel', 'cancel-flight']);
    expect(h.bodies('cancel-hotel')).toEqual([{ flight: 'F1', hotel: 'H1' }]);
    expect(h.bodies('cancel-flight')).toEqual([{ flight: 'F1' }]);
    expect(await compensationOf(h, id)).toMatchObject({ status: 'completed', topology: 'trip', total: 3 });
    // What failed stays where a person sees it.
    expect(await trash(h, id)).toHaveLength(1);
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('an undo step begins when the one before it is done', async () => {
    let free!: () => void;
    const h: Harness = await Harness.start(trip('on-failure'), {
      steps: {
        ...BOOKED,
        'cancel-hotel': () => {
          const goOn = h.interleaver.pause();
          return new Promise((resolve) => {
            free = () => {
              goOn();
              resolve(made({}));
            };
          });
        },
      },
    });
    await h.run('trip', {});
    await h.clock.advance(5_000);
    expect(undone(h)).toEqual(['cancel-hotel']);
    free();
    await h.clock.advance(0);
    expect(undone(h)).toEqual(['cancel-hotel', 'cancel-flight']);
  });

  test('by hand: once, whoever asks how often; not while it runs, and not without anything to undo', async () => {
    const h = await Harness.start(trip('manual'), { steps: BOOKED });
    const id = await h.run('trip', {});
    await h.clock.advance(0);
    expect(undone(h)).toEqual([]);
    const first = await h.engine.compensations.compensate(id);
    await h.clock.advance(0);
    expect(await h.engine.compensations.compensate(id)).toEqual({ ...first, duplicate: true });
    await h.clock.advance(0);
    expect(undone(h)).toEqual(['cancel-hotel', 'cancel-flight']);
    await expect(h.engine.compensations.compensate('nobody')).rejects.toMatchObject({ code: 'process.unknown' });

    await h.deploy(chain('slow', { id: 'd', kind: 'delay', settings: { delayMs: 1_000 } }));
    const running = await h.run('slow');
    await expect(h.engine.compensations.compensate(running)).rejects.toMatchObject({ code: 'process.running' });
    await h.clock.advance(1_000);
    await expect(h.engine.compensations.compensate(running)).rejects.toMatchObject({
      code: 'process.nothing_to_compensate',
    });
  });

  test('T1: a failed undo is trash and says what waits behind it; replayed or discarded, the rest goes on', async () => {
    for (const act of ['replay', 'discard'] as const) {
      let broken = true;
      const h = await Harness.start(trip('on-failure'), {
        steps: { ...BOOKED, 'cancel-hotel': () => (broken ? { kind: 'fail', reason: 'hotel is closed' } : made({})) },
      });
      const id = await h.run('trip', {});
      await h.clock.advance(0);
      const compensation = await compensationOf(h, id);
      expect(compensation).toMatchObject({ status: 'failed' });
      const [stuck] = await trash(h, compensation!.id);
      expect(stuck).toMatchObject({ node: 'cancel-hotel', code: 'compensation.failed' });
      expect(stuck!.reason).toContain('hotel is closed');
      expect(stuck!.reason).toContain('1 further undo step');
      broken = false;
      if (act === 'replay') await h.engine.interventions.replayTrash(stuck!.message.id);
      else await h.engine.interventions.discardTrash(stuck!.message.id);
      await h.clock.advance(0);
      expect(undone(h).at(-1)).toBe('cancel-flight');
      expect((await h.engine.process(compensation!.id)).status).toBe(act === 'replay' ? 'completed' : 'failed');
      expect((await h.engine.ledger()).balanced).toBe(true);
    }
  });

  test('only what was done is undone, every message of it, and what went along an error path was not done', async () => {
    const model: TopologyModel = {
      name: 'trip',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'split', kind: 'split', settings: { expression: 'body.list' } },
        custom('book'),
        custom('cancel'),
        custom('care'),
        custom('pay'),
      ],
      connections: [
        { from: 'start', to: 'split' },
        { from: 'split', to: 'book' },
        { from: 'book', to: 'pay' },
        { from: 'book', to: 'cancel', on: 'compensation' },
        { from: 'book', to: 'care', on: 'error' },
      ],
      settings: { compensate: 'on-failure' },
    };
    const h = await Harness.start(model, {
      steps: {
        book: (call) => (call.body === '2' ? { kind: 'fail', reason: 'full' } : made({ booked: Number(call.body) })),
        pay: (call) => (String(call.body).includes('3') ? { kind: 'fail', reason: 'no money' } : made({})),
      },
    });
    await h.run('trip', { list: [1, 2, 3] });
    await h.clock.advance(0);
    expect(h.bodies('cancel')).toEqual([{ booked: 3 }, { booked: 1 }]);
  });

  test('a person may be an undo step', async () => {
    const model = trip('on-failure');
    const h = await Harness.start(
      {
        ...model,
        nodes: model.nodes.map((node) => (node.id === 'cancel-hotel' ? { id: node.id, kind: 'user-task' } : node)),
      },
      { steps: BOOKED },
    );
    await h.run('trip', {});
    await h.clock.advance(0);
    expect(undone(h)).toEqual([]);
    const { items } = await h.engine.reads.waiting({ state: 'held', hold: 'held' }, { limit: 10 });
    await h.engine.interventions.acceptTask(items[0]!.message.id);
    await h.clock.advance(0);
    expect(undone(h)).toEqual(['cancel-flight']);
  });

  for (const point of CRASH_POINTS)
    test(`B1: killed at ${point}, a failed process is compensated, once and in order`, async () => {
      for (const count of [1, 2, 3, 4, 5, 6]) {
        const h = await Harness.start(trip('on-failure'), { steps: BOOKED, crashAt: { point, count } });
        void h.run('trip', {});
        await h.clock.advance(1_000);
        await h.boot();
        await h.clock.advance(60_000);
        const { items } = await h.engine.reads.processes({}, { limit: 10 });
        const failed = items.filter((process) => process.parent === null);
        for (const process of failed) {
          const compensations = items.filter((other) => other.parent?.processId === process.id);
          expect(compensations).toMatchObject([{ status: 'completed', total: 3, done: 3 }]);
          const keys = new Map(h.calls.map((call) => [call.idempotencyKey, call.target.action]));
          expect([...keys.values()].filter((action) => action.startsWith('cancel'))).toEqual([
            'cancel-hotel',
            'cancel-flight',
          ]);
        }
        expect((await h.engine.ledger()).balanced).toBe(true);
      }
    });
});
