// The guide on SOAP: its files written, its commands run, as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guide, type PlayedGuide, playGuide } from './testing/guide.ts';

const PAGE = 'soap-connector.md';
describe('the guide on SOAP', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide(PAGE, { port: '8080' });
  }, 120_000);
  afterAll(async () => {
    await played?.end();
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
    const { items } = await played.platform.client.trash.list({ topology: 'sales', node: 'erp' });
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
