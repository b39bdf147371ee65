// Requests to http workers are signed where the worker checks it.

import { CustomNode, type Served, serve } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressesOf, type ExistingWorker, existingWorker, node, runTopology } from './testing/existing-worker.ts';
import { deployChain, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

class Echo extends CustomNode {
  readonly name = 'echo';
  process(): undefined {}
}

describe('signed calls', () => {
  let p: TestPlatform;
  let worker: Served;
  let existing: ExistingWorker;
  let secret = '';

  beforeAll(async () => {
    p = await testPlatform();
    worker = await serveWith('not known yet');
    existing = await existingWorker(addressesOf(p.url, TOKEN));
  });
  afterAll(async () => {
    await worker?.close();
    await existing?.kill();
    await p?.close();
  });
  const serveWith = (secret: string, port = 0): Promise<Served> =>
    serve({ steps: [new Echo()], secret, port, onRecord: () => {} });
  /** The service is started again at its address, with another secret. */
  async function tell(secret: string): Promise<void> {
    await worker.close();
    worker = await serveWith(secret, Number(new URL(worker.url).port));
    await until('it is up', async () => (await health()) === 'up');
  }
  const health = async (): Promise<string> => (await p.client.workers.get('mine')).health;
  const run = async (topology: string): Promise<string> => (await runTopology(p, topology, '{}')).status;

  test('the secret is shown once, at registration; until the worker has it, it says why it takes nothing', async () => {
    const made = await p.client.workers.register({ name: 'mine', url: worker.url, sign: true });
    secret = made.secret!;
    expect(secret).toMatch(/^slw_\S{40,}$/);
    expect(made).toMatchObject({ signed: true, health: 'down', reason: expect.stringContaining('another secret') });
    expect(await p.client.workers.register({ name: 'mine', url: worker.url })).not.toHaveProperty('secret');
    expect(JSON.stringify(await p.client.workers.list())).not.toContain(secret);
  });

  test('with the secret it is up, and takes calls one by one and in batches', async () => {
    await tell(secret);
    await deployChain(p, 'mine', { id: 'step', kind: 'custom', worker: 'mine', action: 'echo' });
    expect(await run('mine')).toBe('completed');
  });

  test('others are refused: without a signature, with another secret, or with a signature for something else', async () => {
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${worker.url}/custom-node/echo/process`, { method: 'POST', body: '{}', headers })).status;
    expect(await post({})).toBe(401);
    expect(await post({ 'sluice-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` })).toBe(401);
    expect((await fetch(`${worker.url}/calls`)).status).toBe(401);
  });

  test('a new secret signs beside the old one, so that it changes without a gap', async () => {
    const { secret: next } = await p.client.workers.register({ name: 'mine', url: worker.url, rotate: true });
    expect(next).not.toBe(secret);
    expect(await run('mine')).toBe('completed');
    await tell(next!);
    expect(await run('mine')).toBe('completed');
  });

  test('it survives a restart of the platform, sealed on disk', async () => {
    p = await p.restart();
    await until('it is up', async () => (await health()) === 'up');
    expect(await run('mine')).toBe('completed');
  });

  test('B16: an existing worker does not notice it, and an address without it is not signed for', async () => {
    expect(await p.client.workers.register({ name: 'existing', url: existing.url, sign: true })).toMatchObject({
      health: 'up',
      signed: true,
    });
    await deployChain(p, 'existing', node('echo'));
    expect(await run('existing')).toBe('completed');
    const ended = await p.client.workers.register({ name: 'existing', url: existing.url, sign: false });
    expect(ended).toMatchObject({ signed: false });
    expect(ended).not.toHaveProperty('secret');
  });

  test('an empty secret is refused, because it would take everybody', async () => {
    await expect(serve({ steps: [new Echo()], secret: '' })).rejects.toThrow('The secret of a worker is empty');
  });

  test('headers of a registration that HTTP cannot carry, or that would be obeyed as a result, are refused', async () => {
    const headers = { 'a b': 'x', 'content-length': '5', 'Result-Code': '1003', fine: 'yes', broken: 'a\nb' };
    const refused = await p.client.workers
      .register({ name: 'other', url: existing.url, headers })
      .catch((error: unknown) => error as { status: number; message: string });
    expect(refused).toMatchObject({ status: 400, code: 'request.invalid' });
    for (const name of ['a b', 'content-length', 'Result-Code', 'broken'])
      expect((refused as { message: string }).message).toContain(name);
    expect((refused as { message: string }).message).not.toContain('fine');
  });
});
