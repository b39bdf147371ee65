// The guide on SOAP: its files written, its commands run, as they stand there.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { guide, type Played, pathWithNpx, play, ROOT, scriptOf } from './testing/guide.ts';
import { type TestPlatform, TOKEN, testPlatform } from './testing/platform.ts';

const PAGE = 'soap-connector.md';
/** Below node_modules, so that the services of the guide find their packages as ones that installed them. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

describe('the guide on SOAP', () => {
  let p: TestPlatform;
  let folder: string;
  let played: Played;

  beforeAll(async () => {
    p = await testPlatform();
    mkdirSync(FOLDER, { recursive: true });
    folder = mkdtempSync(join(FOLDER, 'soap-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
    const port = String(await freePort());
    const placed = (text: string): string => text.replaceAll('http://127.0.0.1:7700', p.url).replaceAll('8080', port);
    for (const [, file, text] of guide(PAGE).matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm))
      writeFileSync(join(folder, file!), placed(text!));
    const env = { PATH: pathWithNpx(folder), SLUICE_URL: p.url, SLUICE_TOKEN: TOKEN };
    played = await play(placed(scriptOf(PAGE)), folder, env);
  }, 120_000);
  afterAll(async () => {
    await played.stop();
    rmSync(folder, { recursive: true, force: true });
    await p.close();
  });

  test('what the guide says is printed is printed', () => {
    expect(played.code, played.said()).toBe(0);
    const printed = [...guide(PAGE).matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
    expect(printed).toHaveLength(2);
    for (const text of printed) expect(played.said()).toContain(text);
  });

  test('R5, R16, R18: from a WSDL to a connector in a process, called and answered', () => {
    expect(played.code, played.said()).toBe(0);
    const answers = [...guide(PAGE).matchAll(/^It answers `(.*?)`/gm)].map(([, answer]) => answer!);
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(played.said()).toContain(answer);
  });

  test('R16: a fault of the service is a failed message, with its reason in the trash', async () => {
    const { items } = await p.client.trash.list({ topology: 'sales', node: 'erp' });
    expect(items).toMatchObject([
      { code: 'soap.fault.Client', reason: expect.stringContaining('Customer "Blocked Ltd" is blocked.') },
    ]);
    expect(guide(PAGE)).toContain(
      '"CreateSalesOrder" was answered by a fault, Client: Customer "Blocked Ltd" is blocked.',
    );
    expect(items[0]!.reason).toContain(
      '"CreateSalesOrder" was answered by a fault, Client: Customer "Blocked Ltd" is blocked.',
    );
  });
});
