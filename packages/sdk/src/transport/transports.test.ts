import { request } from 'node:http';
import {
  type CallTarget,
  FRAMES_TYPE,
  FrameReader,
  framed,
  pieceOf,
  readFrame,
  type StepCall,
  type WireCall,
  WorkBuilder,
} from '@sluice/protocol';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  Batch,
  Connector,
  CustomNode,
  Fail,
  Hold,
  item,
  join,
  LimitReached,
  local,
  type Message,
  Redeliver,
  route,
  StopQuietly,
  serve,
} from '../index.ts';

const CALL: StepCall = {
  idempotencyKey: 'k',
  processId: 'p',
  processStartedAt: 1,
  messageId: 'p.m',
  parentId: null,
  attempt: 1,
  user: 'u',
  headers: { own: 'h' },
  contentType: 'application/json',
  body: '{"what":"json"}',
  cursor: null,
  target: {
    topology: 't',
    version: 1,
    node: 'n',
    kind: 'custom',
    action: 'do',
    followers: [{ id: 'f1', name: 'First' }],
  },
};
const at = (target: Partial<CallTarget>): StepCall => ({ ...CALL, target: { ...CALL.target, ...target } });

/** Slow steps that began. */
let started = 0;

class Do extends CustomNode {
  readonly name = 'do';
  async process(message: Message): Promise<unknown> {
    const { what } = message.json<{ what: string }>();
    switch (what) {
      case 'json':
        return { done: true };
      case 'text':
        return 'plain';
      case 'same':
        return undefined;
      case 'with':
        return message.with({ json: 1, headers: { new: 'h' } });
      case 'route':
        return route({ r: 1 }, 'First');
      case 'nowhere':
        return route({}, 'Nowhere');
      case 'redeliver':
        throw new Redeliver('later', { delayMs: 5, attempts: 2 });
      case 'limit':
        throw new LimitReached('full', { untilMs: 9 });
      case 'stop':
        throw new StopQuietly('enough');
      case 'hold':
        throw new Hold('look');
      case 'fail':
        throw new Fail('no');
      case 'slow':
        started++;
        await new Promise((resolve) => setTimeout(resolve, 50));
        return 'slow';
      default:
        throw new TypeError('unexpected');
    }
  }
}

class Keep extends CustomNode {
  readonly name = 'keep';
  process(): undefined {}
}

class Pages extends Batch {
  readonly name = 'pages';
  process(_message: Message, { cursor }: { cursor: string | null }) {
    return cursor === null
      ? { items: [1, item('raw', { user: 'bob', contentType: 'text/plain' })], cursor: '2' }
      : { items: [] };
  }
}

class Get extends Connector {
  readonly name = 'get';
  process(): unknown {
    return {};
  }
}

const silent = { onRecord: () => {} };
const call = (what: string) =>
  local({ steps: [new Do(), new Pages()], ...silent }).call({ ...CALL, body: JSON.stringify({ what }) });

describe('batches over http', () => {
  test('a worker says what it can do, answers in lines while others run, and refuses what is no batch', async () => {
    const served = await serve({ steps: [new Do()], ...silent });
    onTestFinished(() => served.close());
    const manifest = (await (await fetch(`${served.url}/calls`)).json()) as { actions: unknown[] };
    expect(manifest.actions).toEqual([{ name: 'do', kind: 'custom' }]);
    const post = (body: string) => fetch(`${served.url}/calls`, { method: 'POST', body });
    const calls = ['slow', 'text', 'other'].map((what, call) => ({
      ...CALL,
      cursor: undefined,
      call,
      target: 0,
      body: JSON.stringify({ what }),
    }));
    const answer = await post(JSON.stringify({ targets: [{ ...CALL.target, timeoutMs: 1_000 }], calls }));
    const lines = (await answer.text()).trimEnd().split('\n');
    const answered = lines.map((text) =>
      (JSON.parse(text) as { answers: { call: number }[] }).answers.map((a) => a.call),
    );
    expect(answered).toEqual([[1, 2], [0]]);
    expect((await post('{"targets":[],"calls":[]}')).status).toBe(200);
    for (const damaged of ['', 'null', '{"calls":[]}', '<xml/>', '{"targets":[],"calls":[{}]}'])
      expect((await post(damaged)).status).toBe(400);
  });

  test('a platform that takes frames gets them, and may send them; damage is refused in words', async () => {
    const served = await serve({ steps: [new Do()], ...silent });
    onTestFinished(() => served.close());
    const post = (body: Buffer | string, type: string) =>
      fetch(`${served.url}/calls`, { method: 'POST', body, headers: { accept: FRAMES_TYPE, 'content-type': type } });
    const answersOf = async (answer: Response): Promise<{ call: number }[]> => {
      expect(answer.headers.get('content-type')).toBe(FRAMES_TYPE);
      const frames = [...new FrameReader().read(Buffer.from(await answer.arrayBuffer()))];
      return frames.flatMap((frame) => (readFrame(frame, true) as { answers: { call: number }[] }).answers);
    };
    for (const packed of [false, true]) {
      const work = new WorkBuilder(packed);
      for (const [call, what] of ['slow', 'text'].entries())
        work.add(call, { ...CALL, body: JSON.stringify({ what }) }, 1_000);
      const frame = work.frame();
      const answer = await (frame instanceof Uint8Array
        ? post(framed(frame), FRAMES_TYPE)
        : post(JSON.stringify(frame), 'application/json'));
      expect(await answersOf(answer)).toMatchObject([
        { call: 1, outcome: { kind: 'forward' } },
        { call: 0, outcome: { kind: 'forward' } },
      ]);
    }
    for (const damaged of [Buffer.alloc(0), Buffer.from('{}'), framed(Buffer.from('no frame'))]) {
      const refused = await post(damaged, FRAMES_TYPE);
      expect(refused.status).toBe(400);
      expect(((await refused.json()) as { message: string }).message).not.toBe('');
    }
  });
});

describe('what a step returns or throws', () => {
  test('R22: one method; its value is the new body, its error the fate of the message', async () => {
    expect(await call('json')).toEqual({
      kind: 'forward',
      item: { body: '{"done":true}', contentType: 'application/json' },
    });
    expect(await call('text')).toEqual({ kind: 'forward', item: { body: 'plain' } });
    expect(await call('same')).toEqual({ kind: 'forward', item: { body: '{"what":"same"}' } });
    expect(await call('with')).toMatchObject({ item: { body: '1', headers: { new: 'h' } } });
    expect(await call('route')).toMatchObject({ followers: ['f1'] });
    expect(await call('nowhere')).toMatchObject({ kind: 'fail', reason: expect.stringContaining('"First"') });
    expect(await call('redeliver')).toEqual({ kind: 'redeliver', reason: 'later', delayMs: 5, attempts: 2 });
    expect(await call('limit')).toEqual({ kind: 'limit', reason: 'full', untilMs: 9 });
    expect(await call('stop')).toEqual({ kind: 'stop', reason: 'enough' });
    expect(await call('hold')).toEqual({ kind: 'hold', reason: 'look' });
    expect(await call('fail')).toEqual({ kind: 'fail', reason: 'no' });
    expect(await call('other')).toEqual({ kind: 'fail', reason: 'TypeError: unexpected' });
  });

  test('a batch returns items and a cursor', async () => {
    const worker = local({ steps: [new Pages()], ...silent });
    const first = await worker.call(at({ kind: 'batch', action: 'pages' }));
    expect(first).toEqual({
      kind: 'split',
      cursor: '2',
      items: [
        { body: '1', contentType: 'application/json' },
        { body: 'raw', contentType: 'text/plain', user: 'bob' },
      ],
    });
    expect(await worker.call({ ...at({ kind: 'batch', action: 'pages' }), cursor: '2' })).toEqual({
      kind: 'split',
      items: [],
    });
  });

  test('hostile bodies fail with what was expected and got', async () => {
    const worker = local({ steps: [new Do()], ...silent });
    expect(await worker.call({ ...CALL, body: 'not json' })).toMatchObject({
      kind: 'fail',
      reason: expect.stringContaining('expected to be JSON, got: not json'),
    });
    expect(await worker.call({ ...CALL, body: new Uint8Array([255, 254]) })).toMatchObject({
      kind: 'fail',
      reason: expect.stringContaining('UTF-8'),
    });
    expect(await worker.call(at({ action: 'unknown' }))).toMatchObject({
      kind: 'fail',
      reason: expect.stringContaining('custom "do"'),
    });
  });

  test('two steps of one name are refused with all problems', () => {
    expect(() => local({ steps: [new Do(), new Do(), new Get(), new Get()] })).toThrow(
      /"do"; two steps of kind connector are called "get"/,
    );
  });
});

describe('the http transport', () => {
  test('speaks the existing contract: lists, tests, actions', async () => {
    const served = await serve({ steps: [new Do(), new Get()], ...silent });
    const get = async (path: string): Promise<unknown> => (await fetch(`${served.url}${path}`)).json();
    expect(await get('/custom-node/list')).toEqual([{ name: 'do' }]);
    expect(await get('/connector/list')).toEqual([{ name: 'get' }]);
    expect(await get('/custom-node/do/process/test')).toEqual([]);
    const response = await fetch(`${served.url}/custom-node/do/process`, {
      method: 'POST',
      body: JSON.stringify({ headers: { 'correlation-id': 'c' }, body: '{"what":"stop"}' }),
    });
    expect(await response.json()).toMatchObject({ headers: { 'result-code': '1003', 'result-message': 'enough' } });
    await served.close();
  });

  test('a body that is not JSON is answered with 400, and the service lives on', async () => {
    const served = await serve({ steps: [new Do()], ...silent });
    const post = (body: string | Uint8Array) =>
      fetch(`${served.url}/custom-node/do/process`, { method: 'POST', body: body as string });
    expect((await post('{"headers":')).status).toBe(400);
    expect((await post(new Uint8Array([255, 0]))).status).toBe(400);
    expect((await fetch(`${served.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${served.url}/custom-node/do/process`)).status).toBe(405);
    await new Promise<void>((resolve) => {
      const cut = request(`${served.url}/custom-node/do/process`, {
        method: 'POST',
        headers: { 'content-length': 100 },
      });
      cut.on('error', () => resolve());
      cut.write('{"hea');
      setImmediate(() => cut.destroy());
      cut.on('close', () => resolve());
    });
    expect((await post('{"body":"{\\"what\\":\\"json\\"}"}')).status).toBe(200);
    await served.close();
  });
});

describe('the link transport', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  /** A platform made of a bare WebSocket server; frames it got, and how to speak. */
  async function platform(
    port = 0,
    onDrain = (socket: WebSocket): void => socket.send(JSON.stringify({ t: 'drained' })),
    packed = false,
    parts = false,
  ) {
    const inPieces = new FrameReader();
    const frames: { t: string; [member: string]: unknown }[] = [];
    const sockets: WebSocket[] = [];
    const server = new WebSocketServer({ port, host: '127.0.0.1', path: '/link' });
    await new Promise((resolve) => server.once('listening', resolve));
    server.on('connection', (socket) => {
      sockets.push(socket);
      socket.on('message', (data, isBinary) => {
        const piece = isBinary ? pieceOf(data as Buffer) : null;
        for (const whole of piece ? inPieces.read(piece) : [data as Buffer]) {
          const frame = readFrame(whole, isBinary) as (typeof frames)[number];
          frames.push({ ...frame, isBinary, inParts: piece !== null });
        }
        const frame = frames.at(-1)!;
        if (frame.t === 'hello')
          socket.send(JSON.stringify({ t: 'welcome', worker: 'w', platform: 'test', packed, parts }));
        if (frame.t === 'drain') onDrain(socket);
      });
    });
    const close = () => {
      for (const socket of sockets) socket.terminate();
      return new Promise((resolve) => server.close(resolve));
    };
    closers.push(close);
    const work = (...calls: Partial<WireCall>[]): void =>
      sockets.at(-1)!.send(
        JSON.stringify({
          t: 'work',
          targets: [{ ...CALL.target, timeoutMs: 1_000 }],
          calls: calls.map((one) => ({ ...CALL, cursor: undefined, target: 0, call: 1, ...one })),
        }),
      );
    const until = async (holds: () => boolean): Promise<void> => {
      for (let i = 0; !holds(); i++) {
        if (i > 1_000) throw new Error(`in vain: ${JSON.stringify(frames)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const answers = () =>
      frames
        .filter((frame) => frame.t === 'done')
        .flatMap((frame) => frame.answers as { call: number; outcome: { kind: string } }[]);
    return { port: (server.address() as { port: number }).port, frames, sockets, work, until, answers, close };
  }
  const dial = (port: number) => {
    const link = join({
      steps: [new Do(), new Keep()],
      url: `http://127.0.0.1:${port}`,
      token: 't',
      onState: () => {},
    });
    closers.push(() => link.close());
    return link;
  };

  test('R6, R7, R12: a service without a single route joins with one call and answers what it can do', async () => {
    const p = await platform();
    await dial(p.port).ready;
    expect(p.frames[0]).toMatchObject({
      t: 'hello',
      credit: 256,
      manifest: { actions: [{ name: 'do', kind: 'custom' }, { name: 'keep' }] },
    });
  });

  test('calls of one frame are answered together', async () => {
    const p = await platform();
    await dial(p.port).ready;
    p.work({ call: 1 }, { call: 2, body: '{"what":"text"}' }, { call: 3, body: '{"what":"fail"}' });
    await p.until(() => p.answers().length === 3);
    expect(p.answers().map(({ call, outcome }) => [call, outcome.kind])).toEqual([
      [1, 'forward'],
      [2, 'forward'],
      [3, 'fail'],
    ]);
    expect(p.frames.filter((frame) => frame.t === 'done')).toHaveLength(1);
  });

  test('bodies are apart from the JSON for a platform that takes them so, and in it for one that does not', async () => {
    const text = '{"what":"same","größe":"数"}';
    const bytes = new Uint8Array([0xff, 0, 1]);
    for (const packed of [true, false]) {
      const p = await platform(0, undefined, packed);
      await dial(p.port).ready;
      expect(p.frames[0]).toMatchObject({ t: 'hello', packed: true });
      const builder = new WorkBuilder(true);
      builder.add(1, { ...CALL, body: text }, 1_000);
      builder.add(2, { ...at({ action: 'keep' }), body: bytes }, 1_000);
      p.sockets.at(-1)!.send(builder.frame() as Uint8Array);
      await p.until(() => p.answers().length === 2);
      expect(p.frames.find(({ t }) => t === 'done')!.isBinary).toBe(packed);
      expect(p.answers().map(({ outcome }) => (outcome as { item?: { body: unknown } }).item?.body)).toEqual([
        text,
        packed ? bytes : { b64: Buffer.from(bytes).toString('base64') },
      ]);
    }
  });

  test('a long answer goes in parts to a platform that takes them so, and in one frame to one that does not', async () => {
    const text = JSON.stringify({ what: 'same', filler: 'ä'.repeat(150_000) });
    for (const parts of [true, false]) {
      const p = await platform(0, undefined, true, parts);
      await dial(p.port).ready;
      p.work({ call: 1, body: text }, { call: 2, body: '{"what":"fail"}' });
      await p.until(() => p.answers().length === 2);
      expect(p.frames.find(({ t }) => t === 'done')!.inParts).toBe(parts);
      expect(p.answers().map(({ outcome }) => (outcome as { item?: { body: unknown } }).item?.body)).toEqual([
        text,
        undefined,
      ]);
    }
  });

  test('it dials again when the platform was away, and late answers do not reach the new connection', async () => {
    const p = await platform();
    await dial(p.port).ready;
    p.work({ call: 9, body: '{"what":"slow"}' });
    await p.close();
    const again = await platform(p.port);
    await again.until(() => again.frames.length > 0);
    again.work({ call: 1 });
    await again.until(() => again.answers().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(again.answers().map((answer) => answer.call)).toEqual([1]);
  });

  test('draining answers what is under way, then leaves', async () => {
    const p = await platform();
    const link = dial(p.port);
    await link.ready;
    const before = started;
    p.work({ call: 4, body: '{"what":"slow"}' });
    await p.until(() => started > before);
    await link.drain();
    await p.until(() => p.answers().length === 1);
    expect(p.frames.map((frame) => frame.t)).toContain('drain');
    expect(link.connected).toBe(false);
  });

  test('work that was on its way when the drain began is answered before the worker leaves', async () => {
    const p = await platform(0, (socket) => {
      p.work({ call: 1 }, { call: 2, body: '{"what":"slow"}' });
      socket.send(JSON.stringify({ t: 'drained' }));
    });
    const link = dial(p.port);
    await link.ready;
    await link.drain();
    await p.until(() => p.answers().length === 2);
    expect(p.answers().map((answer) => answer.call)).toEqual([1, 2]);
  });

  test('a damaged batch ends the connection, not the service', async () => {
    const p = await platform();
    await dial(p.port).ready;
    for (const damaged of [
      { calls: 7 },
      { targets: [null], calls: [] },
      { targets: [], calls: [{ call: 1, target: 0 }] },
    ]) {
      const { length } = p.sockets;
      p.sockets.at(-1)!.send(JSON.stringify({ t: 'work', ...damaged }));
      await p.until(() => p.sockets.length > length && p.frames.filter((frame) => frame.t === 'hello').length > length);
    }
    p.work({ call: 1 });
    await p.until(() => p.answers().length === 1);
  });

  test('garbage from the platform is ignored', async () => {
    const p = await platform();
    await dial(p.port).ready;
    p.sockets.at(-1)!.send('not json');
    p.sockets.at(-1)!.send('{"t":"unknown"}');
    p.sockets.at(-1)!.send(Buffer.from('\0\0\0\0\0\0\0\x09{"t":"w"', 'latin1'));
    p.work({ call: 1 });
    await p.until(() => p.answers().length === 1);
  });

  test('without a token it says what to do', () => {
    expect(() => join({ steps: [], url: 'http://127.0.0.1:1' })).toThrow('SLUICE_TOKEN');
  });
});
