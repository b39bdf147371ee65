import { CustomNode, Fail, join, type Message, serve } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, deployChain, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

class Add extends CustomNode {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  process(message: Message): unknown {
    const { n = 0, fail } = message.json<{ n?: number; fail?: boolean }>();
    if (fail) throw new Fail('asked to fail');
    return { n: n + 1 };
  }
}

describe('the public contract', () => {
  let p: TestPlatform;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    p = await testPlatform();
    const served = await serve({ steps: [new Add('add')] });
    await p.client.workers.register({ name: 'http-worker', url: served.url });
    const { token } = await p.client.workers.register({ name: 'link-worker' });
    const link = join({ steps: [new Add('add')], url: p.url, token: token!, onState: () => {} });
    await link.ready;
    closers.push(
      () => link.drain(),
      () => served.close(),
    );
    await deployChain(
      p,
      'two-ways',
      { id: 'by-http', kind: 'custom', worker: 'http-worker', action: 'add' },
      { id: 'by-link', kind: 'custom', worker: 'link-worker', action: 'add' },
      { id: 'out', kind: 'respond' },
    );
    await deployChain(
      p,
      'task',
      { id: 'ask', kind: 'user-task' },
      { id: 'after', kind: 'custom', worker: 'link-worker', action: 'add' },
    );
  });
  afterAll(async () => {
    for (const close of closers) await close();
    await p.close();
  });
  const run = (
    path: string,
    body: RequestInit['body'],
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<Response> => p.fetch(path, { method: 'POST', headers, ...(body ? { body } : {}) });

  test('R1, R2, R56: a step over http and a step over link serve one process with no glue', async () => {
    const response = await run('/run/two-ways/start?wait=10s', '{"n":1}');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ n: 3 });
  });

  test('a start answers 202 with the process, which then completes with its history', async () => {
    const response = await run('/run/two-ways/start?user=ann', '{"n":1}');
    expect(response.status).toBe(202);
    const { processId } = (await response.json()) as { processId: string };
    await until(
      'the process is complete',
      async () => (await p.client.processes.get(processId)).status === 'completed',
    );
    expect(await p.client.processes.get(processId)).toMatchObject({
      status: 'completed',
      total: 4,
      done: 4,
      failed: 0,
      user: 'ann',
      topology: 'two-ways',
      version: 1,
    });
    const history = await p.client.processes.history(processId, { bodies: true });
    expect(history.items.map((step) => [step.node, step.state, step.body])).toEqual([
      ['by-http', 'done', '{"n":1}'],
      ['by-link', 'done', '{"n":2}'],
      ['out', 'done', '{"n":3}'],
    ]);
  });

  test('R9: a registered worker lists its actions at once', async () => {
    const { items } = await p.client.workers.list();
    expect(
      items.map(({ name, transport, health, manifest }) => ({
        name,
        transport,
        health,
        actions: manifest?.actions.map((action) => action.name),
      })),
    ).toEqual([
      { name: 'http-worker', transport: 'http', health: 'up', actions: ['add'] },
      { name: 'link-worker', transport: 'link', health: 'up', actions: ['add'] },
    ]);
  });

  test('a failed process tells the one who waits why, and its message is in trash', async () => {
    const response = await run('/run/two-ways/start?wait=10s', '{"fail":true}');
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Record<string, string>;
    expect(problem).toMatchObject({ code: 'run.process_failed', hint: expect.any(String) });
    expect(problem.detail).toContain('asked to fail');
    const { items } = await p.client.trash.list({ processId: problem.processId! });
    expect(items).toHaveLength(1);
    await p.client.trash.replay(items[0]!.id, { body: { n: 5 } });
    await until('it went on', async () => (await p.client.processes.get(problem.processId!)).status === 'completed');
    expect((await p.client.ledger('two-ways')).balanced).toBe(true);
  });

  test('a user task is listed, edited and accepted; another is rejected', async () => {
    const ids = await Promise.all(
      [1, 2].map(async (n) => (await p.client.run('task', 'start', { body: `{"n":${n}}` })).processId),
    );
    await until('both wait', async () => (await p.client.userTasks.list()).items.length === 2);
    const { items } = await p.client.userTasks.list();
    await p.client.userTasks.replay(items[0]!.id, { body: { n: 10 } });
    await p.client.userTasks.discard(items[1]!.id);
    await until('both ended', async () =>
      (await Promise.all(ids.map((id) => p.client.processes.get(id)))).every(
        (process) => process.status === 'completed',
      ),
    );
  });

  test('the same Idempotency-Key is the same process, another body under it a conflict', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k-1' };
    const first = (await (await run('/run/two-ways/start', '{"n":1}', headers)).json()) as { processId: string };
    expect(await (await run('/run/two-ways/start', '{"n":1}', headers)).json()).toEqual({
      processId: first.processId,
      duplicate: true,
    });
    expect((await run('/run/two-ways/start', '{"n":2}', headers)).status).toBe(409);
  });

  test('existing clients start processes by name, with their own header and answer', async () => {
    const response = await fetch(`${p.url}/topologies/two-ways/nodes/start/user/bob/run-by-name`, {
      method: 'POST',
      headers: { 'orchesty-api-key': TOKEN, 'content-type': 'application/x-www-form-urlencoded' },
      body: '{"n":1}',
    });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { correlation_id: string };
    expect(answer).toMatchObject({ started: 1, state: 'ok' });
    expect(await p.client.processes.get(answer.correlation_id)).toMatchObject({ user: 'bob' });
  });

  describe('bad input', () => {
    const code = async (response: Response): Promise<[number, string]> => [
      response.status,
      ((await response.json()) as { code: string }).code,
    ];

    test('is answered with a code, and starts nothing', async () => {
      const before = (await p.client.ledger()).accepted;
      expect(await code(await run('/run/nowhere/start', '{}'))).toEqual([404, 'topology.unknown']);
      expect(await code(await run('/run/two-ways/nowhere', '{}'))).toEqual([404, 'topology.node_unknown']);
      expect(await code(await run('/run/two-ways/out', '{}'))).toEqual([409, 'topology.not_a_start']);
      expect(await code(await run('/run/two-ways/start', '{"n":'))).toEqual([400, 'run.body_invalid']);
      expect(await code(await run('/run/two-ways/start', new Uint8Array([0x22, 0xff, 0x22])))).toEqual([
        400,
        'run.body_invalid',
      ]);
      expect(await code(await run('/run/two-ways/start', '['.repeat(100_000) + ']'.repeat(100_000)))).toEqual([
        400,
        'run.body_invalid',
      ]);
      expect(await code(await run('/run/two-ways/start?wait=forever', '{}'))).toEqual([400, 'run.wait_invalid']);
      const bomb = { 'content-type': 'application/json', 'x-big': 'y'.repeat(40_000) };
      expect(await code(await run('/run/two-ways/start', '{}', bomb))).toEqual([431, 'request.headers_too_large']);
      expect(await code(await p.fetch('/api/v1/nothing'))).toEqual([404, 'request.not_found']);
      expect(
        await code(
          await p.fetch('/api/v1/workers', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"name":"../x","url":"ftp://x"}',
          }),
        ),
      ).toEqual([400, 'request.invalid']);
      expect(
        await code(
          await p.fetch('/api/v1/topologies', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"name":',
          }),
        ),
      ).toEqual([400, 'request.invalid']);
      expect(
        await code(
          await p.fetch('/api/v1/topologies', {
            method: 'POST',
            headers: { 'content-type': 'application/yaml' },
            body: 'name: x',
          }),
        ),
      ).toEqual([415, 'request.unsupported_media']);
      expect(await code(await p.fetch('/api/v1/processes/unknown'))).toEqual([404, 'process.unknown']);
      expect(await code(await p.fetch('/api/v1/trash/unknown/replay', { method: 'POST' }))).toEqual([
        404,
        'message.unknown',
      ]);
      expect((await p.client.ledger()).accepted).toBe(before);
    });

    test('a body of 100 MB is refused, and the platform goes on', async () => {
      const huge = Buffer.alloc(100 * 1024 * 1024, 120);
      const outcome = await run('/run/two-ways/start', huge, { 'content-type': 'text/plain' }).then(
        (response) => response.status,
        () => 413, // The server may close the connection while the client still sends.
      );
      expect(outcome).toBe(413);
      expect((await run('/run/two-ways/start?wait=10s', '{"n":1}')).status).toBe(200);
    }, 60_000);

    test('a body that is not UTF-8 travels byte for byte', async () => {
      const bytes = new Uint8Array([0, 255, 254, 128, 65]);
      await deployChain(p, 'bytes', { id: 'out', kind: 'respond' });
      const response = await run('/run/bytes/start?wait=10s', bytes, { 'content-type': 'application/octet-stream' });
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    });

    test('publishing tells all problems at once', async () => {
      await p.client.topologies.save({
        name: 'bad',
        nodes: [
          { id: 'a', kind: 'custom' },
          { id: 'a', kind: 'start' },
        ],
        connections: [{ from: 'a', to: 'b' }],
      });
      const error = (await p.client.topologies.publish('bad', 1).catch((e: unknown) => e)) as {
        status: number;
        code: string;
        problems: { code: string }[];
      };
      expect(error).toMatchObject({ status: 422, code: 'topology.invalid' });
      expect(error.problems.map((problem) => problem.code)).toEqual(
        expect.arrayContaining(['node.duplicate', 'connection.node_unknown']),
      );
    });
  });

  test('a process can be replayed from a node with edited data, and cancelled', async () => {
    const { processId } = await p.client.run('two-ways', 'start', { body: '{"n":1}' });
    await until('complete', async () => (await p.client.processes.get(processId)).status === 'completed');
    const again = await p.client.processes.replay(processId, { node: 'by-link', body: { n: 40 } });
    await until('complete', async () => (await p.client.processes.get(again.processId)).status === 'completed');
    const { items } = await p.client.processes.history(again.processId, { bodies: true });
    expect(items.map((step) => [step.node, step.body])).toEqual([
      ['by-link', '{"n":40}'],
      ['out', '{"n":41}'],
    ]);
    await deploy(p, {
      name: 'slow',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'd', kind: 'delay', settings: { delayMs: 3_600_000 } },
      ],
      connections: [{ from: 'start', to: 'd' }],
    });
    const slow = await p.client.run('slow', 'start', { body: '{}' });
    expect(await p.client.processes.cancel(slow.processId)).toMatchObject({ status: 'cancelled' });
    await expect(p.client.processes.cancel(slow.processId)).rejects.toMatchObject({
      status: 409,
      code: 'process.ended',
    });
  });

  test('live changes are streamed, and resumed where they broke off', async () => {
    const events = async (
      lastId: string | null,
      count: number,
    ): Promise<{ id: string; data: { processId: string } }[]> => {
      const response = await p.fetch('/api/v1/events', { headers: lastId === null ? {} : { 'last-event-id': lastId } });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const found: { id: string; data: { processId: string } }[] = [];
      while (found.length < count) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
        found.length = 0;
        for (const match of text.matchAll(/id: (\d+)\nevent: \S+\ndata: (.*)\n\n/g))
          found.push({ id: match[1]!, data: JSON.parse(match[2]!) });
      }
      await reader.cancel();
      return found;
    };
    const all = await events('0', 3);
    expect(all.length).toBeGreaterThanOrEqual(3);
    expect((await events(all[0]!.id, 1))[0]!.id).toBe(all[1]!.id);
  });

  test('health, readiness, metrics and the description of the API are there', async () => {
    expect((await fetch(`${p.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${p.url}/readyz`)).json()).toEqual({ status: 'ready' });
    const metrics = await (await fetch(`${p.url}/metrics`)).text();
    expect(metrics).toContain('sluice_ledger_balanced 1');
    expect(metrics).toMatch(/sluice_messages\{topology="two-ways",version="1",node="by-link",place="finished"\} \d+/);
    const api = (await (await p.fetch('/api/v1/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/run/{topology}/{startNode}', '/api/v1/ledger', '/api/v1/trash/{id}/replay']),
    );
  });
});
