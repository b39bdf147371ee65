// The guides on orchestration, the service bus and the description of the API, their commands run as they stand there.

import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

vi.setConfig({ testTimeout: 240_000 });

describe('guides', () => {
  let played: PlayedGuide | undefined;
  afterEach(() => played?.end());

  test('R44: the chapter on orchestration runs from a draft to a mended process', async () => {
    played = await playGuide('orchestration.md');
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('"balanced":true');
    expect((await played.platform.client.processes.list({ status: 'completed' })).items).toHaveLength(2);
  });

  test('R51: on the bus a third subscriber changes nothing that is there', async () => {
    played = await playGuide('service-bus.md');
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('1 to create; 3 as they should be.');
  });

  test('R50: what is built is described, and what is described becomes routes', async () => {
    played = await playGuide('api-documentation.md');
    expect(played.code, played.said()).toBe(0);
    for (const said of [
      '/run/orders/start',
      '2 created: get-offer, place-offer',
      '2 unchanged',
      'Nothing to do; 4 as they should be.',
    ])
      expect(played.said()).toContain(said);
    const document = await played.platform.client.gateway.description();
    expect((await new Validator().validate(document)).valid).toBe(true);
  });
});
