// The guide on the gateway, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on the gateway', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('gateway.md', { port: '7790' });
  }, 120_000);
  afterAll(() => played?.end());

  test('R52, R53: a service behind a route needs a key, and does not see it', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('{"path":"/v1/items/nut","knowsTheKey":false}');
    expect(played.said()).toContain('without a key: 401');
  });

  test('R50: events pass through', () => {
    expect(played.said()).toContain('data: first\n\ndata: last\n\n');
  });

  test('R52: an answer that took long is fetched later; another version takes over', () => {
    expect(played.said()).toContain('the answer came later: {"sku":"nut"}');
    expect(played.said()).toContain('{"path":"/v2/items/nut","knowsTheKey":false}');
  });
});
