// The guide on packages of connectors, its commands run as they stand there: packed by npm, installed, offered, called.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';

describe('the guide on a connector package of your own', () => {
  let played: PlayedGuide;

  beforeAll(async () => {
    // The SDK is that of this checkout, so npm has nothing to fetch.
    const env = () => ({ npm_config_offline: 'true', npm_config_legacy_peer_deps: 'true' });
    played = await playGuide('connector-package.md', { port: '8082', env });
  }, 120_000);
  afterAll(async () => {
    await played?.end();
  });

  test('R14, R19: a package from npm stands in the store with logo, form, categories, version and the SDK it is made for', async () => {
    expect(played.code, played.said()).toBe(0);
    const { items } = await played.platform.client.applications.list();
    expect(items).toMatchObject([
      {
        key: 'acme-erp',
        name: 'Acme ERP',
        logo: expect.stringMatching(/^data:image/),
        categories: ['logistics'],
        forms: [{ key: 'credentials' }],
        package: { name: '@acme/sluice-erp', version: '1.2.0', sdk: '^0.1.0' },
        workers: ['acme'],
      },
    ]);
  });

  test('R14: its connectors answer with the key that a person filled in, the class and the row of a table', () => {
    expect(played.said().match(/"pieces": ?7/g)).toHaveLength(2);
  });

  test('what cannot be offered is named, all of it at once', () => {
    expect(played.said()).toContain('"@acme/sluice-crm" is not installed in ');
    expect(played.said()).toContain('npm install @acme/sluice-crm');
    expect(played.said()).toContain('"../acme-erp" is not the name of an npm package');
  });
});
