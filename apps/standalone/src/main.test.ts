import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { launchArguments } from './launch.ts';

test('who reads what is printed may go: the platform works on, and still stops cleanly', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-main-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const child = spawn(process.execPath, launchArguments(), {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, SLUICE_PORT: '0', SLUICE_DATA: directory, SLUICE_DEMO: '0' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (/Set-up/.test(printed)) break; // and with it the pipe is closed
  }
  const [, url] = /ready at (\S+)/.exec(printed)!;
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect(fetch(url!)).rejects.toThrow();
});

test('npm start and every other way to start it give Node the same', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const given = launchArguments();
  const main = relative(root, given.pop()!);
  expect(scripts.start).toBe(['node', ...given, main].join(' '));
});
