// The guide on joining, its commands run as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { guide, type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

/** Below node_modules, so that the service of the guide finds the SDK as one that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

describe('the guide on joining', () => {
  let p: TestPlatform;
  let folder: string;
  let played: Played;

  beforeAll(async () => {
    p = await testPlatform();
    mkdirSync(FOLDER, { recursive: true });
    folder = mkdtempSync(join(FOLDER, 'joining-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
    const script = scriptOf('joining.md')
      .replaceAll('http://127.0.0.1:7700', p.url)
      .replaceAll('8080', String(await freePort()));
    played = await play(script, folder, { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN });
  }, 120_000);
  afterAll(async () => {
    await played.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });

  test('R4, R10: the tutorial leads from nothing to a registered worker whose step answers', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain(/^```js\n([\s\S]*?)^```$/m.exec(guide('joining.md'))![1]);
    expect(played.said()).toContain('{"text":"Hello, Ann"}');
  });

  test('R3: a step moves from one way to the other, and the process stays as it is', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toMatch(/Worker "greeter" is up at [\s\S]*custom +greet/);
    expect(played.said()).toContain('{"text":"Hello, Ben"}');
  });
});
