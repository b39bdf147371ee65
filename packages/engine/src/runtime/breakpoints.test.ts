import { describe, expect, test } from 'vitest';
import { chain, custom, Harness } from '../testing/harness.ts';

const held = async (h: Harness, hold: 'held' | 'breakpoint' = 'breakpoint') =>
  (await h.engine.reads.waiting({ state: 'held', hold }, { limit: 100 })).items;
const called = (h: Harness): string[] => h.calls.map((call) => call.target.action);

describe('breakpoints', () => {
  test('a message that arrives is held, told from user tasks, and goes on when a person says so', async () => {
    const task = { id: 'task', kind: 'user-task' as const };
    const h = await Harness.start(chain('t', 'a', custom('b', { breakpoint: true }), task));
    const id = await h.run('t', { n: 1 });
    expect(await h.states(id)).toEqual(['a: done (forwarded)', 'b: held (breakpoint)']);
    expect(h.engine.topologies.breakpoints.list()).toEqual([{ topology: 't', node: 'b' }]);
    const [stopped] = await held(h);
    await expect(h.engine.interventions.acceptTask(stopped!.message.id)).rejects.toMatchObject({
      code: 'message.unknown',
    });
    await h.engine.interventions.resume(stopped!.message.id, { body: '{"n":2}' });
    await h.clock.advance(0);
    expect(h.bodies('b')).toEqual([{ n: 2 }]);
    expect(await held(h)).toEqual([]);
    const [waiting] = await held(h, 'held');
    await expect(h.engine.interventions.resume(waiting!.message.id)).rejects.toMatchObject({ code: 'message.unknown' });
    expect((await h.engine.ledger()).balanced).toBe(true);
  });

  test('set and removed while messages pass, in every version, and kept over a restart', async () => {
    const h = await Harness.start(chain('t', 'a', 'b'));
    await h.run('t');
    await h.engine.topologies.setBreakpoint('t', 'b', true);
    await h.run('t');
    await h.engine.stop(0);
    await h.boot();
    await h.deploy(chain('t', 'a', 'b'));
    await h.run('t');
    expect(called(h).filter((action) => action === 'b')).toHaveLength(1);
    expect(await held(h)).toHaveLength(2);
    await h.engine.topologies.setBreakpoint('t', 'b', false);
    expect(h.engine.topologies.breakpoints.list()).toEqual([]);
    await h.run('t');
    expect(called(h).filter((action) => action === 'b')).toHaveLength(2);
    expect(await held(h)).toHaveLength(2);
    const bulk = await h.engine.interventions.bulk({ state: 'held', hold: 'breakpoint', topology: 't' }, (id) =>
      h.engine.interventions.resume(id),
    );
    expect(bulk).toEqual({ done: 2, failed: [] });
    await h.clock.advance(0);
    expect(called(h).filter((action) => action === 'b')).toHaveLength(4);
  });

  test('one that the model sets can be removed by a person, and the first node of a process can have one', async () => {
    const h = await Harness.start(chain('t', custom('a', { breakpoint: true })));
    await h.run('t');
    expect(called(h)).toEqual([]);
    await h.engine.topologies.setBreakpoint('t', 'a', false);
    await h.run('t');
    expect(called(h)).toEqual(['a']);
  });

  test('what is held can be ended, and a breakpoint that cannot be is said', async () => {
    const h = await Harness.start(chain('t', custom('a', { breakpoint: true })));
    const id = await h.run('t');
    await h.engine.interventions.discardHeld((await held(h))[0]!.message.id);
    expect(await h.engine.process(id)).toMatchObject({ status: 'completed' });
    await expect(h.engine.topologies.setBreakpoint('t', 'start', true)).rejects.toMatchObject({
      code: 'topology.no_breakpoint',
    });
    await expect(h.engine.topologies.setBreakpoint('t', 'nowhere', true)).rejects.toMatchObject({
      code: 'topology.node_unknown',
    });
    await expect(h.engine.topologies.setBreakpoint('nowhere', 'a', true)).rejects.toMatchObject({
      code: 'topology.unknown',
    });
  });
});

describe('business keys', () => {
  const keyed = (expression: string) => {
    const model = chain('t', 'a', 'b');
    return {
      ...model,
      nodes: model.nodes.map((node) =>
        node.id === 'start' ? { ...node, settings: { businessKey: expression } } : node,
      ),
    };
  };

  test('a process is found by what its start node read from the message, and so is its replay', async () => {
    const h = await Harness.start(keyed('body.order'));
    const id = await h.run('t', { order: 'A-7' });
    await h.run('t', { order: 'A-8' });
    await h.run('t', {});
    const found = async () => (await h.engine.reads.processes({ businessKey: 'A-7' }, { limit: 10 })).items;
    expect(await found()).toMatchObject([{ id, businessKey: 'A-7' }]);
    await h.engine.interventions.replay(id, { node: 'b' });
    await h.engine.interventions.replay(id, {});
    expect(await found()).toHaveLength(3);
  });

  test('other values than text are found by their JSON; one that cannot be read starts nothing', async () => {
    const h = await Harness.start(keyed('body.order'));
    await h.run('t', { order: 7 });
    expect((await h.engine.reads.processes({ businessKey: '7' }, { limit: 10 })).items).toHaveLength(1);
    await h.deploy(keyed('$error("boom")'));
    await expect(h.engine.run('t', 'start', { body: '{}' })).rejects.toMatchObject({
      code: 'run.business_key_failed',
      status: 422,
    });
    expect((await h.engine.reads.processes({}, { limit: 10 })).items).toHaveLength(1);
  });
});
