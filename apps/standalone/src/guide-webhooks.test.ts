// The guide on webhooks, its commands run as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

/** Below node_modules, so that the service of the guide finds the SDK as one that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

describe('the guide on webhooks', () => {
  let p: TestPlatform;
  let folder: string;
  let played: Played;

  beforeAll(async () => {
    p = await testPlatform();
    mkdirSync(FOLDER, { recursive: true });
    folder = mkdtempSync(join(FOLDER, 'webhooks-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
    const script = scriptOf('webhooks.md')
      .replaceAll('http://127.0.0.1:7700', p.url)
      .replaceAll('9090', String(await freePort()));
    played = await play(script, folder, { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: '' });
  }, 180_000);
  afterAll(async () => {
    await played.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });

  test('R17: a node is subscribed to, an event that comes twice is one process, and a disabled topology leaves nothing behind', async () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toMatch(/shop order\.created +ann +orders\/in +subscribed/);
    expect(played.said()).toMatch(/"started": 1,\s+"repeated": 1,\s+"refused": 0/);
    expect((await p.client.processes.list({ topology: 'orders' })).items).toMatchObject([
      { status: 'completed', user: 'ann' },
    ]);
    expect(played.said().split('processId')[0]!.lastIndexOf('[]')).toBeGreaterThan(played.said().indexOf('"repeated"'));
  });

  test('R17: an address alone takes what is sent to it, and a flow takes what is signed', async () => {
    expect(played.code, played.said()).toBe(0);
    expect((await p.client.processes.list({ topology: 'alarm' })).items).toHaveLength(1);
    expect(played.said()).toMatch(/pass 1/);
  });
});
