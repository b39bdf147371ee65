// The guide for those who come from Orchesty, its commands run as they stand there, in their order.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { play, ROOT, scriptOf } from './testing/guide.ts';
import { TOKEN, until } from './testing/platform.ts';

test('B16: the guide for those who come from Orchesty is true, command by command', async () => {
  const [platformPort, workerPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'sluice-guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `http://127.0.0.1:${platformPort}`;
  const script = scriptOf('coming-from-orchesty.md')
    .replaceAll('7700', String(platformPort))
    .replaceAll('8080', String(workerPort))
    .replaceAll('/tmp/', `${folder}/`);
  // It leaves the platform and the worker running.
  const { code, said, stop } = await play(script, ROOT, {
    SLUICE_PORT: String(platformPort),
    SLUICE_URL: url,
    SLUICE_DATA: join(folder, 'data'),
    SLUICE_ADMIN_TOKEN: TOKEN,
  });
  onTestFinished(stop);
  expect(code, said()).toBe(0);
  expect(said()).toContain('"state":"ok"');
  expect(said()).toMatch(/Worker "shop" is up at [\s\S]*connector +fetch-order[\s\S]*custom +change-headers/);
  expect(said()).toContain('The trash is empty.');
  expect(said()).toMatch(/slw_\S{40,}/);
  const client = new SluiceClient({ url, token: TOKEN });
  await until('both processes ended', async () => (await client.ledger('orders')).finished === 1 + 3 + 12 + 1 + 1 + 1);
  expect(await client.ledger('orders')).toMatchObject({ balanced: true, trash: 0 });
}, 120_000);
