import { CustomNode, Fail, join, type Message } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

/** Forwards what it gets; fails when it is asked to. */
class Pass extends CustomNode {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  process(message: Message): unknown {
    const body = message.json<{ fail?: string }>();
    if (body.fail === this.name) throw new Fail('asked to fail');
    return body;
  }
}

describe('the process model over the API', () => {
  let p: TestPlatform;
  let leave: () => Promise<void>;
  const node = (id: string, settings = {}) => ({ id, kind: 'custom', worker: 'w', action: 'pass', settings });

  beforeAll(async () => {
    p = await testPlatform();
    const { token } = await p.client.workers.register({ name: 'w' });
    const link = join({ steps: [new Pass('pass'), new Pass('pay')], url: p.url, token: token!, onState: () => {} });
    await link.ready;
    leave = () => link.drain();
  });
  afterAll(async () => {
    await leave();
    await p.close();
  });
  const ended = async (id: string): Promise<string> => {
    await until('the process ends', async () => (await p.client.processes.get(id)).status !== 'running');
    return (await p.client.processes.get(id)).status;
  };
  const json = (value: unknown) => ({ body: JSON.stringify(value) });

  test('request and reply: a call waits for another topology; parent and children can be asked for', async () => {
    await deployChain(p, 'pricing', node('rate'), {
      id: 'answer',
      kind: 'respond',
      settings: { expression: '{"sum": body.qty * 5}' },
    });
    await deployChain(
      p,
      'order',
      { id: 'price', kind: 'call', settings: { topology: 'pricing' } },
      { id: 'out', kind: 'respond' },
    );
    const response = await p.fetch('/run/order/start?wait=20s', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"qty":3}',
    });
    expect(await response.json()).toEqual({ sum: 15 });
    const [parent] = (await p.client.processes.list({ topology: 'order' })).items;
    const { items } = await p.client.processes.list({ parentId: parent!.id });
    expect(items).toMatchObject([
      { topology: 'pricing', depth: 1, parent: { processId: parent!.id, relation: 'call' } },
    ]);
    expect(parent).toMatchObject({ parent: null, depth: 0 });
  });

  test('a process is found by its business key', async () => {
    await deploy(p, {
      name: 'keyed',
      nodes: [{ id: 'start', kind: 'start', settings: { businessKey: 'body.order' } }, node('a')],
      connections: [{ from: 'start', to: 'a' }],
    });
    const { processId } = await p.client.run('keyed', 'start', json({ order: 'A 7/1' }));
    await p.client.run('keyed', 'start', json({ order: 'A 8' }));
    const { items } = await p.client.processes.list({ businessKey: 'A 7/1' });
    expect(items).toMatchObject([{ id: processId, businessKey: 'A 7/1' }]);
  });

  test('a join lists its parts in the history', async () => {
    await deployChain(
      p,
      'joining',
      { id: 'split', kind: 'split', settings: { expression: 'body.list' } },
      { id: 'collect', kind: 'collect', settings: { count: 3 } },
      node('after'),
    );
    const { processId } = await p.client.run('joining', 'start', json({ list: [{ n: 1 }, { n: 2 }, { n: 3 }] }));
    expect(await ended(processId)).toBe('completed');
    const { items } = await p.client.processes.history(processId, { bodies: true });
    const whole = items.find((step) => step.parts.length > 0)!;
    expect(whole).toMatchObject({ node: 'collect', result: 'forwarded' });
    expect(whole.parts).toHaveLength(3);
    expect(JSON.parse(items.find((step) => step.node === 'after')!.body as string)).toHaveLength(3);
  });

  test('a breakpoint is set, holds, is listed apart from user tasks, and lets go', async () => {
    await deployChain(p, 'stopping', node('a'), node('b'));
    await p.client.breakpoints.set('stopping', 'b');
    expect((await p.client.breakpoints.list()).items).toEqual([{ topology: 'stopping', node: 'b' }]);
    const { processId } = await p.client.run('stopping', 'start', json({ n: 1 }));
    await until('it is held', async () => (await p.client.stopped.list({ processId })).items.length === 1);
    expect((await p.client.userTasks.list({ processId })).items).toEqual([]);
    const [held] = (await p.client.stopped.list({ processId })).items;
    expect(held).toMatchObject({ node: 'b', state: 'held', result: 'breakpoint' });
    await expect(p.client.userTasks.get(held!.id)).rejects.toMatchObject({ code: 'message.unknown' });
    await p.client.breakpoints.remove('stopping', 'b');
    expect(await p.client.stopped.replayAll({ topology: 'stopping' })).toEqual({ done: 1, failed: [] });
    expect(await ended(processId)).toBe('completed');
    await expect(p.client.breakpoints.set('stopping', 'start')).rejects.toMatchObject({
      code: 'topology.no_breakpoint',
    });
  });

  test('a failed process is compensated by request, once', async () => {
    await deploy(p, {
      name: 'trip',
      nodes: [
        { id: 'start', kind: 'start' },
        node('book'),
        { id: 'pay', kind: 'custom', worker: 'w', action: 'pay' },
        node('cancel'),
      ],
      connections: [
        { from: 'start', to: 'book' },
        { from: 'book', to: 'pay' },
        { from: 'book', to: 'cancel', on: 'compensation' },
      ],
    });
    const { processId } = await p.client.run('trip', 'start', json({ fail: 'pay' }));
    expect(await ended(processId)).toBe('failed');
    const compensation = await p.client.processes.compensate(processId);
    expect(await ended(compensation.processId)).toBe('completed');
    expect(await p.client.processes.compensate(processId)).toEqual({ ...compensation, duplicate: true });
    expect(await p.client.processes.get(compensation.processId)).toMatchObject({
      parent: { processId, messageId: null, relation: 'compensation' },
    });
    await expect(p.client.processes.compensate('nobody')).rejects.toMatchObject({ code: 'process.unknown' });
  });

  test('publishing names every problem of paths and joins at once', async () => {
    const { version, problems } = await p.client.topologies.save({
      name: 'wrong',
      nodes: [{ id: 'start', kind: 'start' }, node('a'), { id: 'c', kind: 'collect' }],
      connections: [
        { from: 'start', to: 'a' },
        { from: 'a', to: 'c' },
        { from: 'start', to: 'c', on: 'error' },
        { from: 'a', to: 'c', on: 'timer' },
      ],
      settings: { speed: 1 },
    });
    expect(problems.map((problem) => problem.code).sort()).toEqual([
      'collect.endless',
      'path.after_missing',
      'path.from_start',
      'topology.setting_unknown',
    ]);
    await expect(p.client.topologies.publish('wrong', version)).rejects.toMatchObject({ code: 'topology.invalid' });
  });

  test('the ledger balances over all of it', async () => {
    await until('nothing is in work', async () => {
      const { queued, leased, delayed, held } = await p.client.ledger();
      return queued + leased + delayed + held === 0;
    });
    expect((await p.client.ledger()).balanced).toBe(true);
  });
});
