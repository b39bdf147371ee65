// The guides on connectors, batches and custom nodes, their commands run as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

/** Below node_modules, so that the services of the guides find the SDK as one that installed it. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

describe('the guides on steps', () => {
  let p: TestPlatform;
  let folder: string;
  let played: Played;

  afterEach(async () => {
    await played.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });

  const playPage = async (page: string): Promise<string> => {
    p = await testPlatform();
    mkdirSync(FOLDER, { recursive: true });
    folder = mkdtempSync(join(FOLDER, `${page}-`));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
    const script = scriptOf(`${page}.md`)
      .replaceAll('http://127.0.0.1:7700', p.url)
      .replaceAll('8081', String(await freePort()));
    played = await play(script, folder, { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN });
    expect(played.code, played.said()).toBe(0);
    return played.said();
  };

  test('R36: the guide leads to a connector that calls a REST API, in a process and under test', async () => {
    const said = await playPage('rest-connector');
    expect(said).toContain('The shop takes the key.');
    expect(said).toContain('{"id":"1","total":42}');
    expect(said).toMatch(/shop\.no_order/);
    expect(said).toMatch(/step\.input_invalid/);
    expect(said).toMatch(/# pass 2|pass 2/);
    expect(said).not.toContain('open-sesame"');
  }, 120_000);

  test('the guide leads to a batch that goes through a list page by page', async () => {
    expect(await playPage('batch')).toContain('20 orders booked');
  }, 120_000);

  test('the guide leads to custom nodes that choose the way', async () => {
    const said = await playPage('custom-node');
    expect(said).toContain('{"total":10,"level":"low","number":1}');
    expect(said).toContain('"number":2');
    expect(said).toContain('An order without a total cannot be judged.');
  }, 120_000);
});
