// The gateway's own port under clients that take their time.

import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createGateway, type OwnPort, type PortOptions } from '../index.ts';
import { gatewayToNowhere } from '../testing.ts';

async function opened(options: Partial<PortOptions>, to = 'http://127.0.0.1:1') {
  const gateway = createGateway(gatewayToNowhere());
  await gateway.start();
  await gateway.routes.save({
    name: 'open',
    path: '/open',
    methods: ['GET', 'POST'],
    access: { public: 'a test' },
    target: { kind: 'upstream', url: to },
  });
  const port: OwnPort = await gateway.listen({ port: 0, host: '127.0.0.1', ...options });
  onTestFinished(() => gateway.close(0));
  return { gateway, port };
}

const conversation = (url: string, words: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(words));
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });

test('a head that does not come is answered with 408', async () => {
  const { port } = await opened({ connections: { headersMs: 100, lookMs: 100 } });
  expect(await conversation(port.url, 'GET /open HTTP/1.1\r\nx-a: ')).toMatch(/^HTTP\/1\.1 408 /);
});

test('what is under way is finished when the gateway closes, and then nobody is there', async () => {
  let finish = (): void => {};
  const service = createServer((_request, response) => {
    finish = () => response.end('whole');
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close());
  const { gateway, port } = await opened({}, `http://127.0.0.1:${(service.address() as AddressInfo).port}`);
  const arrived = new Promise<void>((resolve) => service.once('request', () => resolve()));
  const answer = fetch(`${port.url}/open`);
  await arrived;
  const closed = gateway.close();
  finish();
  const whole = await answer;
  expect([whole.status, await whole.text(), whole.headers.get('connection')]).toEqual([200, 'whole', 'close']);
  await closed;
  await expect(fetch(`${port.url}/open`)).rejects.toThrow();
});
