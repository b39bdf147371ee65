// The guides on applications with credentials, their commands run as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { TOKEN, testPlatform } from './testing/platform.ts';

/** Below node_modules, so that the services of the guides find the SDK as those that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

/** @param port  what the page writes for the remote service */
async function played(page: string, port: string): Promise<Played> {
  const p = await testPlatform();
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(join(FOLDER, 'application-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
  const free = String(await freePort());
  const script = scriptOf(page).replaceAll('http://127.0.0.1:7700', p.url).replaceAll(port, free);
  const env = { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN, OAUTH_PROVIDER_PORT: free };
  const result = await play(script, folder, env);
  onTestFinished(async () => {
    await result.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });
  return result;
}

test('R37: the guide leads from nothing to an application with basic authentication in a process', async () => {
  const guide = await played('basic-application.md', '4500');
  expect(guide.code, guide.said()).toBe(0);
  for (const line of [
    'settings.language',
    'Signed in as Ann.',
    '{"asked":"/v1/orders?since=2026-01-01","language":"en","orders":[17,18]}',
  ])
    expect(guide.said()).toContain(line);
  expect(guide.said()).not.toContain('s3cr3t');
}, 240_000);

test('R38: the guide leads from nothing to an application with OAuth 2 in a process, without an account', async () => {
  const guide = await played('oauth2-application.md', '4400');
  expect(guide.code, guide.said()).toBe(0);
  for (const line of [
    'is authorised. You can close this page.',
    '"orders" of user "default": enabled, authorised.',
    'The orders of ann can be read.',
    '{"of":"ann","orders":[17,18]}',
    '"orders" of user "default" is no longer authorised.',
  ])
    expect(guide.said()).toContain(line);
  expect(guide.said()).not.toContain('a-secret-of-this-machine');
}, 240_000);
