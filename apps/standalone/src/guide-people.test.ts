// The guide on people, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on people', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('people.md');
  }, 240_000);
  afterAll(async () => {
    await played?.end();
  });

  test('R53: the first account is made, people are invited, and the audit log knows it', async () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('{"needed":true,"codeNeeded":false,"oidc":false}');
    const { items } = await played.platform.client.users.list();
    expect(items).toMatchObject([
      { email: 'ann@example.com', role: 'admin', state: 'active' },
      { email: 'bob@example.com', role: 'night-shift', state: 'invited' },
    ]);
    expect(played.said()).toMatch(/bob@example\.com +bob +night-shift +invited/);
    expect(played.said()).toContain('"act": "POST /api/v1/roles"');
    expect((await played.platform.client.tokens.list()).items).toMatchObject([{ name: 'reports', owner: null }]);
  });
});
