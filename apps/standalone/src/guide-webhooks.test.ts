// The guide on webhooks, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on webhooks', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('webhooks.md', { port: '9090', env: () => ({ SLUICE_TOKEN: '' }) });
  }, 180_000);
  afterAll(async () => {
    await played?.end();
  });

  test('R17: a node is subscribed to, an event that comes twice is one process, and a disabled topology leaves nothing behind', async () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toMatch(/shop order\.created +ann +orders\/in +subscribed/);
    expect(played.said()).toMatch(/"started": 1,\s+"repeated": 1,\s+"refused": 0/);
    expect((await played.platform.client.processes.list({ topology: 'orders' })).items).toMatchObject([
      { status: 'completed', user: 'ann' },
    ]);
    expect(played.said().split('processId')[0]!.lastIndexOf('[]')).toBeGreaterThan(played.said().indexOf('"repeated"'));
  });

  test('R17: an address alone takes what is sent to it, and a flow takes what is signed', async () => {
    expect(played.code, played.said()).toBe(0);
    expect((await played.platform.client.processes.list({ topology: 'alarm' })).items).toHaveLength(1);
    expect(played.said()).toMatch(/pass 1/);
  });
});
