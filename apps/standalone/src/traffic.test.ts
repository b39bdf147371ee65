// What goes over the wire between the platform and a service that joined, counted on the wire itself.

import { createServer, connect as dial, type Server } from 'node:net';
import { CustomNode, join } from '@sluice/sdk';
import { expect, onTestFinished, test } from 'vitest';
import { listening } from './testing/loopback.ts';
import { deployChain, testPlatform, until } from './testing/platform.ts';

class Work extends CustomNode {
  readonly name = 'work';
  process() {}
}

/** Passes everything on, and keeps what it saw. */
async function tap(
  port: number,
): Promise<{ server: Server; url: string; connections: number; up: string; down: string }> {
  const seen = { server: createServer(), url: '', connections: 0, up: '', down: '' };
  seen.server.on('connection', (service) => {
    seen.connections++;
    const platform = dial(port, '127.0.0.1');
    service.on('data', (chunk) => (seen.up += chunk.toString('latin1')));
    platform.on('data', (chunk) => (seen.down += chunk.toString('latin1')));
    service.pipe(platform).pipe(service);
    for (const socket of [service, platform]) socket.on('error', () => socket.destroy());
  });
  seen.url = await listening(seen.server);
  return seen;
}

const count = (text: string, what: RegExp): number => [...text.matchAll(what)].length;

test('R11: a step of a joined service costs one call over one connection, and calls that are ready together share a frame', async () => {
  const p = await testPlatform();
  const wire = await tap(Number(new URL(p.url).port));
  const { token } = await p.client.workers.register({ name: 'direct' });
  const link = join({ steps: [new Work()], url: wire.url, token: token!, onState: () => {} });
  await link.ready;
  onTestFinished(async () => {
    await link.drain();
    wire.server.close();
    await p.close();
  });
  const step = (id: string) => ({ id, kind: 'custom' as const, worker: 'direct', action: 'work' });
  await deployChain(p, 'three', step('a'), step('b'), step('c'));
  const RUNS = 50;
  await Promise.all(Array.from({ length: RUNS }, (_, n) => p.client.run('three', 'start', { body: `{"n":${n}}` })));
  await until('all are through', async () => (await p.client.ledger('three')).finished === RUNS * 4);

  expect(wire.connections).toBe(1);
  expect(count(wire.up, /^(?:GET|POST|PUT|DELETE) /gm)).toBe(1); // the one that opened the link
  expect(count(wire.down, /"messageId"/g)).toBe(RUNS * 3);
  const frames = count(wire.down, /"t":"work"/g);
  expect(frames).toBeGreaterThan(0);
  expect(frames).toBeLessThan(RUNS * 3);
}, 60_000);
