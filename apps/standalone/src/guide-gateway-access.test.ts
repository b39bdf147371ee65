// The guide on who may call the gateway, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on access to the gateway', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('gateway-access.md', { port: '7800' });
  }, 120_000);
  afterAll(() => played?.end());

  test('R53: keys, passwords and signatures pass, nobody else does, and what is revoked ends', () => {
    const said = played.said();
    expect(played.code, said).toBe(0);
    expect(said).toContain('stock of /7');
    expect(said).toMatch(/401 ApiKey realm="gateway".*\ngateway\.unauthenticated/);
    expect(said).toContain('stock of /8');
    expect(said).toContain('first 200 stock of /9');
    expect(said).toContain('again 401');
    expect(said).toContain('revoked: 401');
  });

  test('an issuer and a certificate are taken by the command line', () => {
    expect(played.said()).toMatch(/corp +jwt +yes +https:\/\/login\.example\.com\//);
    expect(played.said()).toMatch(/certificate +O=Shop,CN=till-7/);
  });
});
