import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { kill } from './proof/kill-run.ts';
import { TOKEN, testPlatform } from './testing/platform.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

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
    const child = spawn(process.execPath, [MAIN], {
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
