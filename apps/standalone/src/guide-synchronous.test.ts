// The guide on synchronous calls, its commands run as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { closeNow, listening } from './testing/loopback.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

/** Below node_modules, so that the service of the guide finds the SDK as one that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

describe('the guide on synchronous calls', () => {
  let p: TestPlatform;
  let folder: string;
  let played: Played;
  const shop = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: Number(request.url!.split('/').at(-1)), total: 42, lines: ['nut', 'bolt'] }));
  });

  beforeAll(async () => {
    p = await testPlatform();
    mkdirSync(FOLDER, { recursive: true });
    folder = mkdtempSync(join(FOLDER, 'synchronous-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
    const script = scriptOf('synchronous-methods.md').replaceAll('http://127.0.0.1:7700', p.url);
    const env = { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN, SHOP_URL: await listening(shop) };
    played = await play(script, folder, env);
  }, 120_000);
  afterAll(async () => {
    await played.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
    closeNow(shop);
  });

  test('R45, R46, R49: a connector and methods are called, and answer what the guide says', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said().split('{"id":7,"total":42,"lines":["nut","bolt"]}').length, played.said()).toBeGreaterThan(3);
    expect(played.said()).toContain('{"id":7,"total":42}');
    expect(played.said()).toContain('chunk,bytes\nall,3000000');
  });

  test('R47: what is wrong has the status and the code that the guide says', () => {
    expect(played.said()).toContain('422\nstep.input_invalid: /id must be integer');
  });

  test('B4: the same connector is a tool', () => {
    expect(played.said()).toContain('"jsonrpc":"2.0"');
    expect(played.said()).toContain('"text":"{\\"id\\":7,\\"total\\":42');
  });
});
