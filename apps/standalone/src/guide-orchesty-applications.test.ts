// The guide to applications of existing workers, its commands run as they stand there, in their order.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { existingService } from './testing/existing-service.ts';
import { play, ROOT, scriptOf } from './testing/guide.ts';
import { TOKEN } from './testing/platform.ts';

test('B16: the guide to applications from Orchesty is true, command by command', async () => {
  const [platformPort, workerPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'sluice-guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const service = await existingService();
  onTestFinished(() => service.close());
  const url = `http://127.0.0.1:${platformPort}`;
  const script = scriptOf('applications-from-orchesty.md')
    .replaceAll('7700', String(platformPort))
    .replaceAll('8080', String(workerPort))
    .replaceAll('/tmp/', `${folder}/`);
  const { code, said, stop } = await play(script, ROOT, {
    SLUICE_PORT: String(platformPort),
    SLUICE_URL: url,
    SLUICE_DATA: join(folder, 'data'),
    SLUICE_ADMIN_TOKEN: TOKEN,
    REMOTE_URL: service.url,
  });
  onTestFinished(stop);
  expect(code, said()).toBe(0);
  expect(said()).toMatch(/crm +CRM +oauth2 +yes +legacy[\s\S]*shop +Shop +basic +yes +legacy/);
  expect(said()).toContain('"shop" of user "default": enabled, authorised.');
  expect(said()).toContain('{"by":"password","proof":"ann:s3cret"}');
  const [, authorizeUrl] = /"authorizeUrl":"([^"]+)"/.exec(said())!;
  expect(await (await fetch(authorizeUrl!)).text()).toContain('“crm” is authorised.');
  const client = new SluiceClient({ url, token: TOKEN });
  expect(await client.installs.get('crm')).toMatchObject({
    authorised: 'yes',
    enabled: true,
    settings: { authorization_form: { client_id: 'client-1' } },
  });
  expect((await client.installs.get('shop')).settings.options).toMatchObject({ pages: 3 });
}, 300_000);
