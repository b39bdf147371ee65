// The guide on joining, its commands run as they stand there.

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { TOKEN, testPlatform } from './testing/platform.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');
/** Below node_modules, so that the service of the guide finds the SDK as one that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

async function play(): Promise<{ code: unknown; said: string }> {
  const p = await testPlatform();
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(join(FOLDER, 'joining-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin', 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(npx, 0o755);
  const guide = readFileSync(join(ROOT, 'docs', 'guides', 'joining.md'), 'utf8');
  const script = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .map(([, block]) => block)
    .join('\n')
    .replaceAll('http://127.0.0.1:7700', p.url)
    .replaceAll('8080', String(await freePort()));
  // A group of its own, because it leaves its service running.
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    detached: true,
    env: {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      SLUICE_URL: p.url,
      SLUICE_TOKEN: TOKEN,
    },
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => shell.once('close', resolve));
    process.kill(-shell.pid!, 'SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });
  return { code: await new Promise((resolve) => shell.once('exit', resolve)), said };
}

test('R4, R10: the tutorial leads from nothing to a registered worker whose step answers', async () => {
  const { code, said } = await play();
  expect(code, said).toBe(0);
  const guide = readFileSync(join(ROOT, 'docs', 'guides', 'joining.md'), 'utf8');
  expect(said).toContain(/^```js\n([\s\S]*?)^```$/m.exec(guide)![1]);
  expect(said).toContain('{"text":"Hello, Ann"}');
}, 120_000);

test('R3: a step moves from one way to the other, and the process stays as it is', async () => {
  const { code, said } = await play();
  expect(code, said).toBe(0);
  expect(said).toMatch(/Worker "greeter" is up at [\s\S]*custom +greet/);
  expect(said).toContain('{"text":"Hello, Ben"}');
}, 120_000);
