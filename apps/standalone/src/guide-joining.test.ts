// The guide on joining, its commands run as they stand there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guide, type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on joining', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    played = await playGuide('joining.md', { port: '8080' });
  }, 120_000);
  afterAll(async () => {
    await played?.end();
  });

  test('R4, R10: the tutorial leads from nothing to a registered worker whose step answers', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain(/^```js\n([\s\S]*?)^```$/m.exec(guide('joining.md'))![1]);
    expect(played.said()).toContain('{"text":"Hello, Ann"}');
  });

  test('R3: a step moves from one way to the other, and the process stays as it is', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toMatch(/Worker "greeter" is up at [\s\S]*custom +greet/);
    expect(played.said()).toContain('{"text":"Hello, Ben"}');
  });
});
