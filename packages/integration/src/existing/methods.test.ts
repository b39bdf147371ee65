// Against a server of this machine that answers as the existing SDK was recorded to.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExistingClient } from './client.ts';
import { callExistingMethod, type ExistingMethodRequest } from './methods.ts';
import type { ExistingPort, ExistingWorker } from './port.ts';

const requests: { line: string; body: string }[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({ line: `${request.method} ${request.url}`, body });
  const answer = (status: number, type: string, text: string): void =>
    void response.writeHead(status, { 'content-type': type }).end(text);
  switch (request.url!.split('?')[0]!.split('/').at(-1)) {
    case 'text':
      return answer(200, 'text/plain;charset=UTF-8, text/plain', 'plain text');
    case 'boom':
      return answer(
        400,
        'application/json',
        JSON.stringify({ status: 'Error', message: 'Error occurred: sync boomError: sync boom\n    at x' }),
      );
    case 'page':
      return answer(500, 'text/html', '<html>');
    default:
      return answer(200, 'application/json; charset=utf-8', '{"pong":true}');
  }
});

const worker: ExistingWorker = {
  worker: 'w',
  up: true,
  actions: [],
  offer: {
    generation: 4,
    problem: null,
    applications: [
      {
        key: 'shop',
        name: 'Shop',
        description: '',
        logo: null,
        authorisation: 'basic',
        webhooks: false,
        methods: ['ping', 'text', 'boom', 'page'],
      },
    ],
  },
};
const port: ExistingPort = {
  workers: () => [worker],
  worker: () => worker,
  nodes: async () => [],
  webhookNodes: async () => new Map(),
  async request(_name, { method, path, body }) {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const response = await fetch(url, body === undefined ? { method } : { method, body });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: Buffer.from(await response.arrayBuffer()) };
  },
};

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const call = (name: string, request: Partial<ExistingMethodRequest> = {}) =>
  callExistingMethod(new ExistingClient(port), { worker, application: 'shop' }, name, {
    method: 'POST',
    query: '',
    body: '',
    ...request,
  });

test('a method gets the method, the query and the body of the request, and its answer comes back as it is', async () => {
  const answer = await call('ping', { query: '?x=1', body: '{"a": 1.0, "word":"kůň"}' });
  expect(requests.at(-1)).toEqual({
    line: 'POST /applications/shop/sync/ping?x=1',
    body: '{"a": 1.0, "word":"k\\u016f\\u0148"}',
  });
  expect(answer).toEqual({
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: Buffer.from('{"pong":true}'),
  });
  await call('ping', { method: 'GET', body: '{"never": "sent"}' });
  expect(requests.at(-1)).toEqual({ line: 'GET /applications/shop/sync/ping', body: '' });
});

test('a type that is answered twice is told once', async () => {
  expect(await call('text')).toMatchObject({
    contentType: 'text/plain;charset=UTF-8',
    body: Buffer.from('plain text'),
  });
});

test('a body that would end the worker is not sent', async () => {
  const before = requests.length;
  for (const body of ['plain', '{"cut', '<xml/>', 'a=b', '\ufeff{}', '{} {}'])
    await expect(call('ping', { body }), body).rejects.toMatchObject({ code: 'request.invalid' });
  expect(requests.length).toBe(before);
});

test('what fails is told in one line, and what it does not have is not asked for', async () => {
  await expect(call('boom')).rejects.toMatchObject({
    code: 'application.failed',
    message: expect.stringMatching(/: sync boom$/),
  });
  await expect(call('page')).rejects.toMatchObject({ code: 'application.broken_answer' });
  for (const name of ['afterInstallCallback', 'nothing', '../x'])
    await expect(call(name)).rejects.toMatchObject({ code: 'application.no_such_part' });
});
