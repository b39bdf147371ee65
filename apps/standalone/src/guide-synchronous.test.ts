// The guide on synchronous calls, its commands run as they stand there.

import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';
import { closeNow, listening } from './testing/loopback.ts';

describe('the guide on synchronous calls', () => {
  let played: PlayedGuide;
  const shop = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: Number(request.url!.split('/').at(-1)), total: 42, lines: ['nut', 'bolt'] }));
  });

  beforeAll(async () => {
    const url = await listening(shop);
    played = await playGuide('synchronous-methods.md', { env: () => ({ SHOP_URL: url }) });
  }, 120_000);
  afterAll(async () => {
    await played?.end();
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
