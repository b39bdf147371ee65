// B16, B1: platform or worker killed in the middle. Every item has its effect once by key, and the books balance.

import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { ended, start as startPlatform, TOKEN } from './proof/kill-run.ts';
import {
  addressesOf,
  type ExistingWorker,
  existingWorker,
  node,
  type Remote,
  remoteService,
} from './testing/existing-worker.ts';
import { until } from './testing/platform.ts';

const PAGES = 6;
const SIZE = 20;
const PATIENT = { repeat: { attempts: 100, delayMs: 20, maxDelayMs: 200 } };

let directory: string;
let port: number;
let client: SluiceClient;
let remote: Remote;
let worker: ExistingWorker;
const platforms: ChildProcess[] = [];

/** The platform on the same data and port, which ends itself at a point when it is told to. */
async function platform(crash: string | null): Promise<ChildProcess> {
  const child = await startPlatform(directory, port, crash);
  platforms.push(child);
  return child;
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sluice-existing-'));
  port = await freePort();
  client = new SluiceClient({ url: `http://127.0.0.1:${port}`, token: TOKEN });
  remote = await remoteService();
});
afterEach(async () => {
  for (const child of platforms.splice(0)) {
    child.kill('SIGKILL');
    await ended(child);
  }
  await worker.kill();
  remote.close();
  rmSync(directory, { recursive: true, force: true });
});

const joinWorker = (at = 0, env: NodeJS.ProcessEnv = {}): Promise<ExistingWorker> =>
  existingWorker({ ...addressesOf(`http://127.0.0.1:${port}`, TOKEN), REMOTE_URL: remote.url, ...env }, at);

async function begin(first: object): Promise<string> {
  worker = await joinWorker();
  await client.workers.register({ name: 'existing', url: worker.url });
  await client.topologies.save({
    name: 'effects',
    nodes: [
      { id: 'start', kind: 'start' },
      first,
      node('pages', 'batch', PATIENT, 'pages'),
      node('post-effect', 'connector', PATIENT, 'effect'),
    ],
    connections: [
      { from: 'start', to: 'first' },
      { from: 'first', to: 'pages' },
      { from: 'pages', to: 'effect' },
    ],
  });
  await client.topologies.publish('effects', 1);
  await client.topologies.enable('effects', 1);
  return (await client.run('effects', 'start', { body: JSON.stringify({ pages: PAGES, size: SIZE }) })).processId;
}

/** All items came through, each under one key, however often it was tried. */
async function reckon(processId: string): Promise<void> {
  await until('all is done', async () => (await client.processes.get(processId)).status === 'completed', 60_000);
  const total = 1 + 1 + PAGES + PAGES * SIZE;
  expect(await client.processes.get(processId)).toMatchObject({ total, done: total, failed: 0 });
  expect(await client.ledger()).toMatchObject({ balanced: true, queued: 0, leased: 0, delayed: 0, trash: 0 });
  const keys = new Map<string, Set<string>>();
  for (const { body, key } of remote.requests) keys.set(body, (keys.get(body) ?? new Set()).add(key));
  expect(keys.size).toBe(PAGES * SIZE);
  expect([...keys.values()].filter((own) => own.size > 1)).toEqual([]);
}

test('B16: the platform killed in the middle of the work of an existing worker: nothing lost, nothing doubled', async () => {
  const first = await platform('after-commit:3');
  const processId = await begin(node('echo', 'custom', PATIENT, 'first'));
  await ended(first);
  await ended(await platform('after-call:60'));
  const third = await platform(null);
  await until('half is done', () => remote.requests.length > (PAGES * SIZE) / 2, 60_000);
  third.kill('SIGKILL');
  await ended(third);
  await platform(null);
  await reckon(processId);
}, 180_000);

test('B16: an existing worker that dies in the middle, killed or by its own code: nothing lost, nothing doubled', async () => {
  await platform(null);
  const processId = await begin(node('crash', 'custom', PATIENT, 'first'));
  const workerPort = Number(new URL(worker.url).port);
  // A promise that nobody waits for ends the process with the call in it.
  await ended(worker.child);
  worker = await joinWorker(workerPort, { MAY_CRASH: '0' });
  for (const share of [0.2, 0.5]) {
    // There is work left for it when it is killed, however quick the others are.
    remote.answer(PAGES * SIZE * share);
    await until('it is in the middle', () => remote.requests.length > PAGES * SIZE * share, 60_000);
    await worker.kill();
    // A call finds it gone, so that is known at once and not with the next look.
    await until('it is known', async () => (await client.workers.get('existing')).health === 'down');
    worker = await joinWorker(workerPort, { MAY_CRASH: '0' });
  }
  remote.answer(Number.POSITIVE_INFINITY);
  await reckon(processId);
}, 180_000);
