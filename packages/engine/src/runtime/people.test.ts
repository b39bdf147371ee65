import type { StepCall } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { chain, custom, Harness } from '../testing/harness.ts';

const NINE = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'];

describe('what a person may do', () => {
  test('B3: a finished process, edited, replayed from node 4 of 9: nodes 1 to 3 are not called, the lineage links both', async () => {
    const h = await Harness.start(chain('t', ...NINE));
    const first = await h.run('t', { n: 1 });
    await h.clock.advance(7 * 86_400_000 - 1_000);
    h.calls.length = 0;
    const { processId } = await h.engine.interventions.replay(first, { node: 'n4' }, { body: '{"n":2}' });
    await h.clock.advance(0);
    expect(h.calls.map((call) => call.target.action)).toEqual(NINE.slice(3));
    expect(h.bodies('n9')).toEqual([{ n: 2 }]);
    expect(await h.engine.process(processId)).toMatchObject({ status: 'completed', replayOf: first });
    expect((await h.engine.reads.processes({ replayOf: first }, { limit: 10 })).items).toHaveLength(1);
    expect(await h.engine.process(first)).toMatchObject({ status: 'completed', total: 10 });
  });

  test('B3: a process replayed as a whole begins at its start with what came in', async () => {
    const h = await Harness.start(chain('t', 'a', 'b'));
    const first = await h.run('t', { n: 1 }, { user: 'ann' });
    const { processId } = await h.engine.interventions.replay(first, {});
    await h.clock.advance(0);
    expect(h.bodies('a')).toEqual([{ n: 1 }, { n: 1 }]);
    expect(h.calls.at(-1)).toMatchObject({ user: 'ann', processId });
  });

  test('B3: trash replayed with an edited body goes on in the same process, attempts from 1', async () => {
    const h = await Harness.start(chain('t', 'a', custom('b', { repeat: { attempts: 1 } }), 'c'), {
      steps: {
        b: (call) =>
          String(call.body).includes('"bad"')
            ? { kind: 'fail', reason: 'bad data' }
            : { kind: 'forward', item: { body: call.body } },
      },
    });
    const id = await h.run('t', { v: 'bad' });
    expect(await h.engine.process(id)).toMatchObject({ status: 'failed', failed: 1 });
    const { items } = await h.engine.reads.waiting({ state: 'trash' }, { limit: 1 });
    await h.engine.interventions.replayTrash(items[0]!.message.id, { body: '{"v":"good"}' });
    await h.clock.advance(0);
    expect(h.calls.map((call) => [call.target.action, call.attempt])).toEqual([
      ['a', 1],
      ['b', 1],
      ['b', 1],
      ['c', 1],
    ]);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed', total: 4, done: 4, failed: 0 });
  });

  test('B3: what is in trash goes on with the next version as a process of its own, or stays as it was', async () => {
    const steps = {
      a: () => ({ kind: 'fail', reason: 'down' }) as const,
      a2: (call: StepCall) => ({ kind: 'forward', item: { body: call.body } }) as const,
    };
    const h = await Harness.start(chain('t', 'a', 'b'), { steps });
    const first = await h.run('t', { n: 1 }, { user: 'ann' });
    const second = await h.run('t', { n: 2 });
    await h.deploy(chain('t', 'a2', 'b'));
    const { retargeting, topologies, reads } = h.engine;
    const trash = async () => (await reads.waiting({ state: 'trash' }, { limit: 9 })).items;
    const [one, two] = (await trash()).map(({ message }) => message.id);
    expect(await retargeting.destinations(one!)).toEqual([{ version: 2, node: null, nodes: ['a2', 'b'] }]);
    const foreseen = { topology: 't', version: 1, node: 'a', count: 2 };
    expect(await retargeting.foresee({ state: 'trash' }, { version: 2 })).toEqual([{ ...foreseen, to: null }]);
    expect(await retargeting.foresee({ state: 'trash' }, { version: 2, nodes: { a: 'a2' } })).toEqual([
      { ...foreseen, to: 'a2' },
    ]);
    await topologies.save(chain('t', 'a3'));
    for (const [to, code] of [
      [{ version: 2 }, 'topology.node_unknown'],
      [{ version: 2, nodes: { a: 'start' } }, 'topology.node_unknown'],
      [{ version: 3, nodes: { a: 'a3' } }, 'topology.not_published'],
      [{ version: 9 }, 'topology.version_unknown'],
    ] as const)
      await expect(retargeting.replay(one!, to)).rejects.toMatchObject({ code });
    expect(await trash()).toHaveLength(2);

    const { processId } = await retargeting.replay(one!, { version: 2 }, { node: 'a2', body: '{"n":7}' });
    await retargeting.replay(two!, { version: 2, nodes: { a: 'b' } });
    await expect(retargeting.replay(one!, { version: 2 }, { node: 'a2' })).rejects.toMatchObject({
      code: 'message.unknown',
    });
    await h.clock.advance(0);
    expect(h.bodies('a2')).toEqual([{ n: 7 }]);
    expect(h.bodies('b')).toEqual([{ n: 2 }, { n: 7 }]);
    expect(await h.engine.process(processId)).toMatchObject({
      status: 'completed',
      version: 2,
      replayOf: first,
      user: 'ann',
    });
    // The old ones stay what they were, processes that failed; what became of them is linked.
    for (const id of [first, second]) {
      expect(await h.engine.process(id)).toMatchObject({ status: 'failed', version: 1 });
      expect((await reads.processes({ replayOf: id }, { limit: 9 })).items).toHaveLength(1);
    }
    const again = await h.engine.interventions.replay(first, {}, {}, 2);
    await h.clock.advance(0);
    expect(await h.engine.process(again.processId)).toMatchObject({ status: 'completed', version: 2, replayOf: first });
    expect(await h.engine.ledger()).toMatchObject({ trash: 0, balanced: true });
  });

  test('B3: many at once: everything in trash that matches is replayed', async () => {
    let broken = true;
    const h = await Harness.start(chain('t', 'a'), {
      steps: {
        a: (call) => (broken ? { kind: 'fail', reason: 'down' } : { kind: 'forward', item: { body: call.body } }),
      },
    });
    for (let i = 0; i < 300; i++) await h.run('t', { i });
    broken = false;
    expect(
      await h.engine.interventions.bulk({ state: 'trash', topology: 't' }, (id) =>
        h.engine.interventions.replayTrash(id),
      ),
    ).toEqual({ done: 300, failed: [] });
    await h.clock.advance(0);
    expect(await h.engine.ledger()).toMatchObject({ trash: 0, finished: 600, balanced: true });
  });

  test('a cancelled process takes nothing further, and what was under way ends with it', async () => {
    const h = await Harness.start(chain('t', custom('a', { repeat: { delayMs: 1_000 } }), 'b'), {
      steps: { a: () => ({ kind: 'redeliver', reason: 'x' }) },
    });
    const id = await h.run('t');
    await h.engine.interventions.cancel(id);
    await h.clock.advance(60_000);
    expect(h.calls).toHaveLength(1);
    expect(await h.engine.process(id)).toMatchObject({ status: 'cancelled' });
    await expect(h.engine.interventions.cancel(id)).rejects.toMatchObject({ code: 'process.ended' });
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('an idempotent start gives the same process, and another body under the same key is refused', async () => {
    const h = await Harness.start(chain('t', 'a'));
    const key = { idempotencyKey: 'order-1' };
    const first = await h.run('t', { n: 1 }, key);
    expect(await h.engine.run('t', 'start', { body: '{"n":1}', contentType: 'application/json', ...key })).toEqual({
      processId: first,
      duplicate: true,
    });
    await expect(h.engine.run('t', 'start', { body: '{"n":2}', ...key })).rejects.toMatchObject({
      code: 'run.idempotency_conflict',
    });
    expect(h.calls).toHaveLength(1);
  });
});

describe('versions', () => {
  test('V1: running processes finish on the version they began on, new ones take the enabled one', async () => {
    const wait = { id: 'd', kind: 'delay' as const, settings: { delayMs: 1_000 } };
    const h = await Harness.start(chain('t', wait, 'old'));
    const first = await h.run('t');
    await h.deploy(chain('t', wait, 'new'));
    const second = await h.run('t');
    await h.clock.advance(1_000);
    expect(h.calls.map((call) => [call.target.action, call.target.version, call.processId])).toEqual([
      ['old', 1, first],
      ['new', 2, second],
    ]);
  });

  test('V1: a disabled topology takes nothing new and finishes what runs', async () => {
    const h = await Harness.start(chain('t', { id: 'd', kind: 'delay', settings: { delayMs: 1_000 } }, 'a'));
    const id = await h.run('t');
    await h.engine.topologies.disable('t', 1);
    await expect(h.run('t')).rejects.toMatchObject({ code: 'topology.not_enabled' });
    await h.clock.advance(1_000);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
  });

  test('V1: saving over a published version makes a new draft, and a draft can be saved over', async () => {
    const h = await Harness.start(chain('t', 'a'));
    expect(await h.engine.topologies.save(chain('t', 'b'))).toMatchObject({ version: 2 });
    expect(await h.engine.topologies.save(chain('t', 'c'))).toMatchObject({ version: 2 });
    await expect(h.engine.topologies.enable('t', 2)).rejects.toMatchObject({ code: 'topology.not_published' });
    expect((await h.engine.topologies.get('t', 1)).model.nodes[1]).toMatchObject({ id: 'a' });
  });

  test('publishing names every problem at once and keeps the draft', async () => {
    const h = await Harness.start(chain('ok', 'a'));
    const bad = {
      name: 'bad',
      nodes: [
        { id: 'start', kind: 'start' as const },
        { id: 'x', kind: 'custom' as const },
        { id: 'lost', kind: 'map' as const },
      ],
      connections: [
        { from: 'start', to: 'x' },
        { from: 'x', to: 'nowhere' },
      ],
    };
    await h.engine.topologies.save(bad);
    const error = await h.engine.topologies.publish('bad', 1).catch((e: unknown) => e);
    expect(
      (error as { details: { problems: { code: string }[] } }).details.problems.map((problem) => problem.code).sort(),
    ).toEqual([
      'connection.node_unknown',
      'node.action_missing',
      'node.setting_missing',
      'node.unreachable',
      'node.worker_missing',
    ]);
  });
});

describe('the books', () => {
  test('B2: a message that vanished is named with its process and node within a minute', async () => {
    const h = await Harness.start(chain('t', 'a', { id: 'wait', kind: 'delay', settings: { delayMs: 86_400_000 } }));
    const id = await h.run('t');
    await h.run('t');
    await h.clock.advance(60_000);
    expect(h.logged.join()).not.toContain('missing');
    const vanished = h.disk.of(id).find((row) => row.state === 'delayed')!;
    h.disk.messages.delete(vanished.message.id);
    await h.clock.advance(60_000);
    expect(h.logged.filter((line) => line.includes('missing'))).toEqual([
      expect.stringContaining(`"processId":"${id}"`),
    ]);
    expect(h.logged.join()).toContain('"node":"a"');
    expect((await h.engine.ledger()).balanced).toBe(false);
  });
});
