// The http transport against real servers on loopback, friendly and not.

import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Answer,
  type Called,
  FRAMES_TYPE,
  framed,
  onlyFrame,
  packAnswers,
  SIGNATURE_HEADER,
  type StepCall,
  type Work,
} from '@sluice/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { type HttpTransport, httpTransport } from './http.ts';
import { type Sign, signer } from './signer.ts';

const TARGET = { topology: 't', version: 1, node: 'n', kind: 'custom', action: 'do', followers: [] } as const;
const callOf = (id: string): StepCall => ({
  target: TARGET,
  idempotencyKey: id,
  processId: 'p',
  processStartedAt: 1,
  messageId: id,
  parentId: null,
  attempt: 1,
  user: 'u',
  headers: {},
  contentType: 'text/plain',
  body: id,
  cursor: null,
});
const forward = (call: number, body: string) => ({ call, outcome: { kind: 'forward', item: { body } } });
const line = (...answers: unknown[]): string => `${JSON.stringify({ answers })}\n`;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Worker {
  readonly transport: HttpTransport;
  readonly requests: string[];
  call(id: string, timeoutMs?: number): Promise<Called>;
}

/** A worker whose batches are answered by `answer`; single calls are answered well. */
async function worker(
  answer: (work: Work, response: ServerResponse, request: IncomingMessage & { bytes: Buffer }) => void,
  sign?: Sign,
): Promise<Worker> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(request.url!);
    const bytes = await bodyOf(request);
    const inFrames = request.headers['content-type'] === FRAMES_TYPE;
    const work = (): Work => (inFrames ? onlyFrame(bytes) : JSON.parse(String(bytes))) as Work;
    if (request.url === '/calls') answer(work(), response, Object.assign(request, { bytes }));
    else response.end(JSON.stringify({ headers: { 'result-code': '0' }, body: 'single' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = httpTransport({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sign });
  transport.takesBatches(true);
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  closers.push(async () => server.closeAllConnections());
  closers.push(() => transport.close());
  return { transport, requests, call: (id, timeoutMs = 2_000) => transport.call(callOf(id), timeoutMs) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers with frames, in pieces of so many bytes. */
function frames(response: ServerResponse, answers: Answer[], pieceBytes = 1_000): void {
  response.writeHead(200, { 'content-type': FRAMES_TYPE });
  const written = framed(packAnswers(answers));
  const next = (at: number): void => {
    if (at >= written.length) response.end();
    else response.write(written.subarray(at, at + pieceBytes), () => setImmediate(() => next(at + pieceBytes)));
  };
  next(0);
}

describe('batches of calls over http', () => {
  test('calls that are ready together travel in one request, what they share once; a slow one holds up no other', async () => {
    let finishSlow = (): void => {};
    const w = await worker(({ targets, calls }, response) => {
      expect(targets).toHaveLength(1);
      for (const { call, body } of calls) {
        if (body === 'slow') finishSlow = () => response.end(line(forward(call, 'late')));
        else response.write(line(forward(call, `${body}!`)));
      }
    });
    const slow = w.call('slow');
    const quick = await Promise.all(['a', 'b', 'c'].map((id) => w.call(id)));
    expect(quick.map((result) => result.kind === 'forward' && result.item.body)).toEqual(['a!', 'b!', 'c!']);
    finishSlow();
    expect(await slow).toEqual({ kind: 'forward', item: { body: 'late' } });
    expect(w.requests).toEqual(['/calls']);
  });

  test('an answer cut anywhere, also inside of a character, is put together again', async () => {
    const w = await worker(({ calls }, response) => {
      const bytes = Buffer.from(line(forward(calls[0]!.call, 'žluťoučký 🐎')));
      let at = 0;
      const next = (): void => {
        const piece = bytes.subarray(at, at + 3);
        at += 3;
        if (piece.length === 0) response.end();
        else response.write(piece, () => setImmediate(next));
      };
      next();
    });
    expect(await w.call('x')).toEqual({ kind: 'forward', item: { body: 'žluťoučký 🐎' } });
  });

  test('a worker that answers with frames gets frames from then on, signed as everything is', async () => {
    const types: (string | undefined)[] = [];
    const signed: boolean[] = [];
    const sign: Sign = (path, body) => `${path} ${createHash('sha256').update(body).digest('hex')}`;
    const w = await worker(({ calls }, response, { headers, bytes }) => {
      expect(headers.accept).toContain(FRAMES_TYPE);
      types.push(headers['content-type']);
      signed.push(headers[SIGNATURE_HEADER] === sign('/calls', bytes));
      frames(response, calls.map(({ call, body }) => forward(call, `${body} 🐎`)) as Answer[], 3);
    }, sign);
    for (const id of ['a', 'žluťoučký'])
      expect(await w.call(id)).toEqual({ kind: 'forward', item: { body: `${id} 🐎` } });
    expect(types).toEqual(['application/json', FRAMES_TYPE]);
    expect(signed).toEqual([true, true]);
  });

  test('one of before in its place gets its calls one by one, and none is lost', async () => {
    let isOld = false;
    const w = await worker(({ calls }, response) => {
      if (isOld) response.writeHead(400).end('{"message":"The request is not JSON"}');
      else frames(response, calls.map(({ call }) => forward(call, 'framed')) as Answer[]);
    });
    expect(await w.call('a')).toMatchObject({ item: { body: 'framed' } });
    isOld = true;
    const results = await Promise.all(['b', 'c'].map((id) => w.call(id)));
    expect(results.map((result) => result.kind === 'forward' && result.item.body)).toEqual(['single', 'single']);
  });

  test('where frames were refused they are not tried again, though they are answered with', async () => {
    const types: (string | undefined)[] = [];
    const w = await worker(({ calls }, response, { headers }) => {
      types.push(headers['content-type']);
      if (headers['content-type'] === FRAMES_TYPE) response.writeHead(415).end();
      else frames(response, calls.map(({ call }) => forward(call, 'framed')) as Answer[]);
    });
    const bodies: unknown[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      w.transport.takesBatches(true);
      const result = await w.call(id);
      bodies.push(result.kind === 'forward' && result.item.body);
    }
    expect(bodies).toEqual(['framed', 'single', 'framed', 'framed']);
    expect(types).toEqual(['application/json', FRAMES_TYPE, 'application/json', 'application/json']);
  });

  test('a damaged frame answers nothing; its calls end with the request', async () => {
    const damages = [framed(Buffer.from('no frame')), Buffer.from([0, 0]), Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2])];
    for (const damaged of damages) {
      const w = await worker((_work, response) => {
        response.writeHead(200, { 'content-type': FRAMES_TYPE });
        response.end(damaged);
      });
      expect(await w.call('a')).toMatchObject({ kind: 'unanswered' });
    }
  });

  test('a worker that takes batches no more gets its calls one by one, and none is lost', async () => {
    const w = await worker((_work, response) => response.writeHead(404).end('gone'));
    const results = await Promise.all(['a', 'b'].map((id) => w.call(id)));
    expect(results.map((result) => result.kind === 'forward' && result.item.body)).toEqual(['single', 'single']);
    await w.call('c');
    expect(w.requests).toEqual([
      '/calls',
      '/custom-node/do/process',
      '/custom-node/do/process',
      '/custom-node/do/process',
    ]);
  });

  test('a worker that goes on where it may says so step by step; one that may not is told apart', async () => {
    const links = ['p.2', 'p.3'].map((messageId) => ({
      target: { ...TARGET, node: messageId },
      messageId,
      timeoutMs: 900,
    }));
    const on = (call: number, body: string) => ({ ...forward(call, body), wentOnAfterMs: 3 });
    const w = await worker(({ targets, calls }, response) => {
      const { call, body, chain } = calls[0]!;
      if (body === 'well') {
        expect(chain!.map(({ target, messageId }) => [targets[target]!.node, messageId])).toEqual([
          ['p.2', 'p.2'],
          ['p.3', 'p.3'],
        ]);
        response.write(line(on(call, '1')));
        response.end(line(on(call, '2'), forward(call, '3')));
      } else if (body === 'too far')
        response.end(line(on(call, '1'), on(call, '2'), on(call, '3'), forward(call, '4')));
      else if (body === 'no time') response.end(line({ ...forward(call, '1'), wentOnAfterMs: 'soon' }));
      else if (body === 'after failing')
        response.end(line({ call, outcome: { kind: 'fail', reason: 'no' }, wentOnAfterMs: 1 }));
      else response.write(line(on(call, '1')));
    });
    const run = async (id: string, given = links) => {
      const passed: string[] = [];
      const result = await w.transport.call(callOf(id), 300, undefined, {
        links: given,
        passed: ({ item }, ms) => passed.push(`${String(item.body)} ${ms}`),
      });
      return { passed, result };
    };
    expect(await run('well')).toEqual({ passed: ['1 3', '2 3'], result: { kind: 'forward', item: { body: '3' } } });
    for (const [id, passed] of [
      ['too far', 2],
      ['no time', 0],
      ['after failing', 0],
    ] as const) {
      const ended = await run(id);
      expect(ended.passed).toHaveLength(passed);
      expect(ended.result).toMatchObject({ kind: 'malformed', code: 'worker.answer_malformed' });
    }
    const silent = await run('silent', [{ ...links[0]!, timeoutMs: 100 }]);
    expect(silent.passed).toEqual(['1 3']);
    expect(silent.result).toEqual({ kind: 'unanswered', reason: 'no answer within 100 ms' });
  });

  test('hostile answers end every call with a reason', async () => {
    const w = await worker(({ calls }, response) => {
      const { call, body } = calls[0]!;
      switch (body) {
        case 'html':
          return void response.end('<html>It works!</html>');
        case 'html line':
          return void response.end(`<html>\n${line(forward(call, 'fine'))}`);
        case 'other numbers':
          return void response.end(line(forward(call + 1_000, 'x'), null, 7, { call: 'one' }));
        case 'twice':
          return void response.end(line(forward(call, 'first')) + line(forward(call, 'second')));
        case 'damaged':
          return void response.end(line({ call, outcome: { kind: 'forward', item: { body: 5 } } }));
        case 'unavailable':
          return void response.writeHead(503, { 'retry-after': '7' }).end('busy');
        case 'refused':
          return void response.writeHead(400).end('no');
        case 'dies':
          response.write('{"answers":[');
          return void setImmediate(() => response.destroy());
      }
    });
    expect(await w.call('html')).toMatchObject({
      kind: 'unanswered',
      reason: expect.stringContaining('without an answer'),
    });
    expect(await w.call('html line')).toMatchObject({ kind: 'forward', item: { body: 'fine' } });
    expect(await w.call('other numbers')).toMatchObject({ kind: 'unanswered' });
    expect(await w.call('twice')).toMatchObject({ kind: 'forward', item: { body: 'first' } });
    expect(await w.call('damaged')).toMatchObject({ kind: 'malformed', code: 'worker.answer_malformed' });
    expect(await w.call('unavailable')).toMatchObject({ kind: 'unanswered', retryAfterMs: 7_000 });
    expect(await w.call('refused')).toMatchObject({ kind: 'malformed', code: 'worker.refused' });
    expect(await w.call('dies')).toMatchObject({ kind: 'unanswered' });
  });

  test('only the call that takes too long is given up; when all of a request are, the request ends', async () => {
    let closed = false;
    const w = await worker(({ calls }, response) => {
      response.on('close', () => {
        closed = true;
      });
      for (const { call, body } of calls) if (body === 'quick') response.write(line(forward(call, 'ok')));
    });
    const [never, quick] = await Promise.all([w.call('never', 60), w.call('quick', 60)]);
    expect(quick).toMatchObject({ kind: 'forward' });
    expect(never).toEqual({ kind: 'unanswered', reason: 'no answer within 60 ms' });
    for (let i = 0; !closed && i < 400; i++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(closed).toBe(true);
    expect(w.transport.capacity()).toBe(256);
  });

  test('a worker that is not there has been sent nothing', async () => {
    const transport = httpTransport({ url: 'http://127.0.0.1:1' });
    transport.takesBatches(true);
    closers.push(() => transport.close());
    expect(await transport.call(callOf('x'), 1_000)).toMatchObject({ kind: 'unreachable' });
  });
});

describe('requests over http', () => {
  interface Seen {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }
  async function service(): Promise<{ url: string; seen: Seen[] }> {
    const seen: Seen[] = [];
    const server = createServer(async (request, response) => {
      const body = String(await bodyOf(request));
      seen.push({ path: request.url!, headers: request.headers, body });
      if (!request.url!.endsWith('/calls')) return void response.end('{"headers":{"result-code":"0"},"body":"ok"}');
      response.end(line(...(JSON.parse(body) as Work).calls.map(({ call }) => forward(call, 'ok'))));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  }

  test('are signed over time, path and body, one call or many, with every secret there is', async () => {
    const { url, seen } = await service();
    const transport = httpTransport({ url: `${url}/behind/a/proxy`, sign: signer(['new', 'old']) });
    closers.push(() => transport.close());
    expect(await transport.call({ ...callOf('x'), body: 'žluť' }, 2_000)).toMatchObject({ kind: 'forward' });
    transport.takesBatches(true);
    expect(await transport.call(callOf('y'), 2_000)).toMatchObject({ kind: 'forward' });
    expect(seen.map(({ path }) => path)).toEqual(['/behind/a/proxy/custom-node/do/process', '/behind/a/proxy/calls']);
    for (const { path, headers, body } of seen) {
      const [, seconds] = /^t=(\d+),v1=/.exec(String(headers['sluice-signature']))!;
      const mac = (secret: string): string =>
        createHmac('sha256', secret)
          .update(`${seconds}.${path.replace('/behind/a/proxy', '')}.${body}`)
          .digest('hex');
      expect(headers['sluice-signature']).toBe(`t=${seconds},v1=${mac('new')},v1=${mac('old')}`);
      expect(Math.abs(Number(seconds) - Date.now() / 1_000)).toBeLessThan(60);
    }
  });

  test('carry no signature unless one is asked for, and take ids of nodes in every script', async () => {
    const { url, seen } = await service();
    const transport = httpTransport({ url });
    closers.push(() => transport.close());
    const node = 'žluť\n節点 \ud800';
    expect(await transport.call({ ...callOf('x'), target: { ...TARGET, node } }, 2_000)).toMatchObject({
      kind: 'forward',
    });
    expect(seen[0]!.headers).not.toHaveProperty('sluice-signature');
    expect(JSON.parse(seen[0]!.body)).toMatchObject({ headers: { 'node-id': node } });
  });

  test('that find nobody tell so at once', async () => {
    const reasons: string[] = [];
    const transport = httpTransport({ url: 'http://127.0.0.1:1', onUnreachable: (reason) => reasons.push(reason) });
    closers.push(() => transport.close());
    await transport.call(callOf('x'), 1_000);
    expect(reasons).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});
