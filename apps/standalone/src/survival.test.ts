import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { Batch, CustomNode, type Message, serve } from '@sluice/sdk';
import { afterEach, describe, expect, test } from 'vitest';
import { launchArguments } from './launch.ts';
import { freePort } from './proof/free-port.ts';
import { ended, kill, TOKEN as PROOF_TOKEN, start as startPlatform } from './proof/kill-run.ts';
import { TOKEN, testPlatform, until } from './testing/platform.ts';

describe('survival', () => {
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'sluice-survival-'));
    folders.push(made);
    return made;
  };
  const start = (
    env: NodeJS.ProcessEnv,
  ): { output: () => string; ended: Promise<number | null>; child: ChildProcess } => {
    const child = spawn(process.execPath, launchArguments(), {
      env: { ...process.env, SLUICE_PORT: '0', SLUICE_DEMO: '0', SLUICE_ADMIN_TOKEN: TOKEN, ...env },
    });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream!.on('data', (chunk: Buffer) => (text += String(chunk)));
    return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
  };

  test('B1: killed ten times under load, at random instants and at named points: nothing lost, nothing doubled', async () => {
    const result = await kill({ kills: 10, messages: 600, seed: 20261124, print: () => {} });
    expect(result).toMatchObject({ lost: 0, doubled: 0, balanced: true, inTrash: 0 });
    expect(result.accepted).toBe(600);
    expect(result.kills).toBe(10);
  }, 180_000);

  test('B10: a split of 10,000 items killed in its middle: each item comes once, under one key', async () => {
    const keys = new Map<number, Set<string>>();
    class Split extends Batch {
      readonly name = 'split';
      process() {
        return { items: Array.from({ length: 10_000 }, (_, n) => n) };
      }
    }
    class Sink extends CustomNode {
      readonly name = 'sink';
      process(message: Message): undefined {
        const n = message.json<number>();
        keys.set(n, (keys.get(n) ?? new Set()).add(message.idempotencyKey));
      }
    }
    const worker = await serve({ steps: [new Split(), new Sink()], onRecord: () => {} });
    const directory = folder();
    const port = await freePort();
    const client = new SluiceClient({ url: `http://127.0.0.1:${port}`, token: PROOF_TOKEN });
    // Once right after the commit of the split, once far into the items.
    const first = await startPlatform(directory, port, 'after-commit:1');
    children.push(first);
    await client.workers.register({ name: 'w', url: worker.url });
    const step = (id: string, kind: string) => ({
      id,
      kind,
      worker: 'w',
      action: id,
      settings: { repeat: { delayMs: 20, attempts: 50 } },
    });
    await client.topologies.save({
      name: 'fan',
      nodes: [{ id: 'start', kind: 'start' }, step('split', 'batch'), step('sink', 'custom')],
      connections: [
        { from: 'start', to: 'split' },
        { from: 'split', to: 'sink' },
      ],
    });
    await client.topologies.publish('fan', 1);
    await client.topologies.enable('fan', 1);
    const { processId } = await client.run('fan', 'start', { body: '{}' });
    await ended(first);
    const second = await startPlatform(directory, port, 'before-commit:3000');
    children.push(second);
    await ended(second);
    expect(keys.size).toBeGreaterThan(0);
    expect(keys.size).toBeLessThan(10_000);
    children.push(await startPlatform(directory, port, null));
    await until(
      'all items are through',
      async () => (await client.processes.get(processId)).status === 'completed',
      60_000,
    );
    expect(await client.processes.get(processId)).toMatchObject({ total: 10_002, done: 10_002, failed: 0 });
    expect(keys.size).toBe(10_000);
    expect([...keys.values()].every((own) => own.size === 1)).toBe(true);
    expect(new Set([...keys.values()].map((own) => [...own][0])).size).toBe(10_000);
    expect(await client.ledger('fan')).toMatchObject({ emitted: 10_001, balanced: true });
    await worker.close();
  }, 120_000);

  test('a second process on the same data says who holds it and ends with code 3', async () => {
    const platform = await testPlatform();
    const second = start({ SLUICE_DATA: platform.directory });
    expect(await second.ended).toBe(3);
    expect(second.output()).toContain(`pid ${process.pid}`);
    await platform.close();
  });

  test('a taken port is named and ends with code 3, a wrong environment lists all its problems and ends with code 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const taken = start({ SLUICE_DATA: folder(), SLUICE_PORT: String(port) });
    expect(await taken.ended).toBe(3);
    expect(taken.output()).toContain('EADDRINUSE');
    server.close();
    const wrong = start({ SLUICE_DATA: folder(), SLUICE_PORT: 'many', SLUICE_ADMIN_TOKEN: 'short' });
    expect(await wrong.ended).toBe(2);
    expect(wrong.output()).toMatch(/2 problem[\s\S]*SLUICE_PORT[\s\S]*SLUICE_ADMIN_TOKEN/);
  });

  test('a signal stops it cleanly with code 0', async () => {
    const run = start({ SLUICE_DATA: folder() });
    while (!run.output().includes('ready at')) await new Promise((resolve) => setTimeout(resolve, 10));
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });
});
