import { createServer, type RequestListener } from 'node:http';
import { inParts, packAnswers } from '@sluice/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

/** Once per test: answers wrongly the first time, rightly afterwards. */
function moody(first: RequestListener): { listener: RequestListener; calls: () => number } {
  let calls = 0;
  const listener: RequestListener = (request, response) => {
    if (request.method === 'GET') {
      response.end('[]');
      return;
    }
    calls++;
    if (calls === 1) {
      request.resume();
      first(request, response);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"headers":{"result-code":"0"},"body":"{\\"ok\\":true}"}');
  };
  return { listener, calls: () => calls };
}

describe('workers that misbehave', () => {
  let p: TestPlatform;
  const closers: (() => void)[] = [];
  beforeAll(async () => {
    p = await testPlatform();
  });
  afterAll(async () => {
    for (const close of closers) close();
    await p.close();
  });

  async function httpWorker(name: string, first: RequestListener): Promise<{ calls: () => number }> {
    const { listener, calls } = moody(first);
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    await p.client.workers.register({ name, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
    const settings = { timeoutMs: 300, repeat: { attempts: 3, delayMs: 20 } };
    await deployChain(p, name, { id: 'step', kind: 'custom', worker: name, action: 'x', settings });
    return { calls };
  }
  const outcome = async (topology: string): Promise<{ status: string; id: string }> => {
    const { processId } = await p.client.run(topology, 'start', { body: '{"n":1}' });
    await until('the process ended', async () => (await p.client.processes.get(processId)).status !== 'running');
    return { status: (await p.client.processes.get(processId)).status, id: processId };
  };
  /** In trash with its body whole; replayed, it goes through. */
  async function inTrashAndBack(id: string, code: string): Promise<void> {
    const { items } = await p.client.trash.list({ processId: id });
    expect(items).toMatchObject([{ code, node: 'step' }]);
    expect(await p.client.trash.get(items[0]!.id)).toMatchObject({ body: '{"n":1}' });
    await p.client.trash.replay(items[0]!.id);
    await until('it went through', async () => (await p.client.processes.get(id)).status === 'completed');
  }

  test('an HTML page with status 200 puts the message in trash with an excerpt, whole', async () => {
    await httpWorker('html', (_request, response) => response.end('<html><body>Maintenance</body></html>'));
    const { status, id } = await outcome('html');
    expect(status).toBe('failed');
    expect((await p.client.trash.list({ processId: id })).items[0]!.reason).toContain('<html><body>Maintenance');
    await inTrashAndBack(id, 'worker.answer_malformed');
  });

  test('an envelope without a result code is trash, a batch that is no list too', async () => {
    await httpWorker('codeless', (_request, response) => response.end('{"headers":{},"body":""}'));
    await inTrashAndBack((await outcome('codeless')).id, 'worker.answer_malformed');
  });

  test('a refusal is trash with the words of the worker', async () => {
    await httpWorker('refusing', (_request, response) => {
      response.writeHead(400);
      response.end('{"headers":{"result-code":"1006","result-message":"Error occurred: boom"},"body":""}');
    });
    const { id } = await outcome('refusing');
    expect((await p.client.trash.list({ processId: id })).items[0]!.reason).toContain('boom');
    await inTrashAndBack(id, 'worker.refused');
  });

  test.each<[string, RequestListener]>([
    ['hangs', () => {}],
    [
      'dies-mid-answer',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 1_000 });
        response.write('{"headers":{"result');
        setImmediate(() => response.destroy());
      },
    ],
    ['resets', (request) => request.socket.destroy()],
    [
      'fails-500',
      (_request, response) => {
        response.writeHead(500, { 'content-type': 'text/html' });
        response.end('<html>Internal Server Error</html>');
      },
    ],
    [
      'overloaded',
      (_request, response) => {
        response.writeHead(503, { 'retry-after': '0' });
        response.end();
      },
    ],
  ])('a worker that %s is called again with the same message, and nothing is lost', async (name, first) => {
    const { calls } = await httpWorker(name, first);
    const { status, id } = await outcome(name);
    expect(status).toBe('completed');
    expect(calls()).toBe(2);
    const { items } = await p.client.processes.history(id);
    expect(items[0]).toMatchObject({ state: 'done', attempts: [{ attempt: 1, code: 'repeat' }] });
  });

  test('a timeout is honoured to the setting, not to a constant', async () => {
    await httpWorker('slow', () => {});
    const { id } = await outcome('slow');
    const { items } = await p.client.processes.history(id);
    expect(items[0]!.attempts[0]!.reason).toContain('no answer within 300 ms');
    expect(items[0]!.attempts[0]!.durationMs).toBeGreaterThanOrEqual(290);
  });

  describe('over the link', () => {
    interface Frame {
      readonly t: string;
      readonly calls?: { readonly call: number; readonly body: string }[];
    }
    const manifest = { sdk: { name: 'raw', version: '0' }, actions: [{ name: 'x', kind: 'custom' }], applications: [] };

    /** A bare WebSocket that plays a worker. */
    async function rawWorker(
      name: string,
      credit = 10,
    ): Promise<{
      socket: WebSocket;
      work: Frame['calls'] & object;
      send(frame: unknown): void;
      closed: Promise<number>;
    }> {
      const { token } = await p.client.workers.register({ name, rotate: true });
      const socket = new WebSocket(`${p.url.replace('http', 'ws')}/link`, 'sluice.v1', {
        headers: { authorization: `Bearer ${token}` },
      });
      closers.push(() => socket.terminate());
      const work: { call: number; body: string }[] = [];
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      await new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('open', () => socket.send(JSON.stringify({ t: 'hello', manifest, credit })));
        socket.on('message', (data) => {
          const frame = JSON.parse(String(data)) as Frame;
          if (frame.t === 'welcome') resolve();
          if (frame.t === 'work') work.push(...frame.calls!);
        });
      });
      return {
        socket,
        work,
        send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
        closed,
      };
    }
    /** A packed frame without bodies, see packing.ts. */
    const packed = (json: string): Buffer => {
      const numbers = Buffer.alloc(8);
      numbers.writeUInt32BE(Buffer.byteLength(json), 4);
      return Buffer.concat([numbers, Buffer.from(json)]);
    };
    const deployLink = (name: string): Promise<void> =>
      deployChain(p, name, {
        id: 'step',
        kind: 'custom',
        worker: name,
        action: 'x',
        settings: { timeoutMs: 500, repeat: { attempts: 5, delayMs: 20 } },
      });
    const good = (call: number) => ({
      t: 'done',
      answers: [{ call, outcome: { kind: 'forward', item: { body: 'ok' } } }],
    });

    test('an answer given twice counts once', async () => {
      const w = await rawWorker('twice');
      await deployLink('twice');
      const { processId } = await p.client.run('twice', 'start', { body: '{}' });
      await until('it was called', () => w.work.length === 1);
      w.send(good(w.work[0]!.call));
      w.send(good(w.work[0]!.call));
      w.send(good(999));
      await until('it ended', async () => (await p.client.processes.get(processId)).status === 'completed');
      expect(await p.client.processes.get(processId)).toMatchObject({ total: 2, done: 2 });
    });

    test('an answer that is no outcome is trash', async () => {
      const w = await rawWorker('senseless');
      await deployLink('senseless');
      const { processId } = await p.client.run('senseless', 'start', { body: '{"n":1}' });
      await until('it was called', () => w.work.length === 1);
      w.send({ t: 'done', answers: [{ call: w.work[0]!.call, outcome: { kind: 'dance' } }, null, 7] });
      await until('it ended', async () => (await p.client.processes.get(processId)).status === 'failed');
      expect((await p.client.trash.list({ processId })).items[0]!.reason).toContain('unknown kind of outcome "dance"');
    });

    test('a worker that vanishes in the middle loses nothing: the call is made again', async () => {
      const first = await rawWorker('vanishing');
      await deployLink('vanishing');
      const { processId } = await p.client.run('vanishing', 'start', { body: '{}' });
      await until('it was called', () => first.work.length === 1);
      first.socket.terminate();
      const second = await rawWorker('vanishing');
      await until('it was called again', () => second.work.length === 1);
      second.send(good(second.work[0]!.call));
      await until('it ended', async () => (await p.client.processes.get(processId)).status === 'completed');
    });

    test('never more calls than credit, and the rest waits in its queue', async () => {
      const w = await rawWorker('careful', 3);
      await deployChain(p, 'careful', { id: 'step', kind: 'custom', worker: 'careful', action: 'x' });
      for (let i = 0; i < 10; i++) await p.client.run('careful', 'start', { body: '{}' });
      await until('three were called', () => w.work.length === 3);
      await until('seven wait', async () => (await p.client.ledger('careful')).queued === 7);
      expect(w.work).toHaveLength(3);
      for (let i = 0; i < 10; i++) {
        await until('one more was called', () => w.work.length > i);
        w.send(good(w.work[i]!.call));
      }
      await until('all are through', async () => (await p.client.ledger('careful')).finished === 20);
    });

    test('garbage closes the link with a reason, a wrong token never opens it', async () => {
      const garbage = [
        'not json',
        ...['{"t":"done"', '{"t":"done","answers":[{"outcome":{"item":{"body":9}}}]}'].map(packed),
      ];
      for (const frame of garbage) {
        const w = await rawWorker('garbage');
        w.socket.send(frame);
        expect(await w.closed).toBe(1008);
      }
      const refused = new WebSocket(`${p.url.replace('http', 'ws')}/link`, 'sluice.v1', {
        headers: { authorization: 'Bearer nonsense' },
      });
      expect(await new Promise((resolve) => refused.on('error', (error) => resolve(error.message)))).toContain('401');
    });

    test('a long answer in parts arrives between other frames, and one that claims too much closes the link', async () => {
      const w = await rawWorker('parts');
      const step = { kind: 'custom', worker: 'parts', action: 'x' };
      await deployChain(p, 'parts', { id: 'first', ...step }, { id: 'second', ...step });
      const { processId } = await p.client.run('parts', 'start', { body: '{}' });
      await until('it was called', () => w.work.length === 1);
      const body = 'x'.repeat(200_000);
      const { call } = w.work[0]!;
      const answer = packAnswers([{ call, outcome: { kind: 'forward', item: { body } } }]);
      for (const message of inParts(answer)) {
        w.socket.send(message);
        w.send({ t: 'record', records: [] });
      }
      await until('the next step was called', () => w.work.length === 2);
      expect(w.work[1]!.body).toBe(body);
      w.send(good(w.work[1]!.call));
      await until('it ended', async () => (await p.client.processes.get(processId)).status === 'completed');

      w.socket.send(Buffer.alloc(8, 0xff));
      expect(await w.closed).toBe(1008);
    });

    test('two replicas of a worker share its calls', async () => {
      const { token } = await p.client.workers.register({ name: 'replicas', rotate: true });
      const { CustomNode, join } = await import('@sluice/sdk');
      const counts = [0, 0];
      const links = counts.map((_, index) => {
        class X extends CustomNode {
          readonly name = 'x';
          async process(): Promise<unknown> {
            counts[index]!++;
            await new Promise((resolve) => setTimeout(resolve, 5));
            return {};
          }
        }
        return join({ steps: [new X()], url: p.url, token: token!, credit: 4, onState: () => {} });
      });
      await Promise.all(links.map((link) => link.ready));
      await deployChain(p, 'replicas', { id: 'step', kind: 'custom', worker: 'replicas', action: 'x' });
      await Promise.all(Array.from({ length: 40 }, () => p.client.run('replicas', 'start', { body: '{}' })));
      await until('all are through', async () => (await p.client.ledger('replicas')).finished === 80);
      expect(counts[0]! + counts[1]!).toBe(40);
      expect(Math.min(...counts)).toBeGreaterThan(5);
      await Promise.all(links.map((link) => link.drain()));
    });
  });

  test('after all of it the ledger balances', async () => {
    expect((await p.client.ledger()).balanced).toBe(true);
  });
});
