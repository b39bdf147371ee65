// The guide on operating, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on operating', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('operating.md', { port: '9099' });
  }, 240_000);
  afterAll(async () => {
    await played?.end();
  });

  test('B2: the books balance, somebody is told of a failure, and a backup is restored', async () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('"balanced":true');
    expect(played.said()).toContain('Channel pager took a test message.');
    const { items } = await played.platform.client.notifications.deliveries({ rule: 'failures' });
    expect(items).toMatchObject([{ channel: 'pager', state: 'sent', attempts: 1 }]);
    expect(played.said()).toContain('all.backup holds everything that was acknowledged');
    expect(played.said()).toContain('1 messages that wait');
    expect(played.said()).toContain('The ledger balances.');
  });
});
