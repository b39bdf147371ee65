// The commands of the guides, run as they stand there, in their order.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SluiceClient } from '@sluice/client';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { TOKEN, until } from './testing/platform.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The shell blocks of a page as one script. */
function scriptOf(page: string): string {
  const text = readFileSync(join(ROOT, 'docs/guides', page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');
}

test('B16: the guide for those who come from Orchesty is true, command by command', async () => {
  const [platformPort, workerPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'sluice-guide-'));
  const url = `http://127.0.0.1:${platformPort}`;
  const script = scriptOf('coming-from-orchesty.md')
    .replaceAll('7700', String(platformPort))
    .replaceAll('8080', String(workerPort))
    .replaceAll('/tmp/', `${folder}/`);
  // A group of its own, because it leaves the platform and the worker running.
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: ROOT,
    detached: true,
    env: {
      ...process.env,
      SLUICE_PORT: String(platformPort),
      SLUICE_URL: url,
      SLUICE_DATA: join(folder, 'data'),
      SLUICE_ADMIN_TOKEN: TOKEN,
    },
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => shell.once('close', resolve));
    process.kill(-shell.pid!, 'SIGKILL');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  });
  const code = await new Promise((resolve) => shell.once('exit', resolve));
  expect(code, said).toBe(0);
  expect(said).toContain('"state":"ok"');
  expect(said).toMatch(/Worker "shop" is up at [\s\S]*connector +fetch-order[\s\S]*custom +change-headers/);
  expect(said).toContain('The trash is empty.');
  expect(said).toMatch(/slw_\S{40,}/);
  const client = new SluiceClient({ url, token: TOKEN });
  await until('both processes ended', async () => (await client.ledger('orders')).finished === 1 + 3 + 12 + 1 + 1 + 1);
  expect(await client.ledger('orders')).toMatchObject({ balanced: true, trash: 0 });
}, 120_000);
