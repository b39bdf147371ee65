import { Install } from '@sluice/sdk';
import { describe, expect, test } from 'vitest';
import { Pipedrive } from './pipedrive.ts';

const installed = (api_domain?: string): Install =>
  new Install({
    application: 'pipedrive',
    user: 'ann',
    enabled: true,
    revision: 1,
    settings: {},
    token: {
      revision: 1,
      accessToken: 'at-test',
      tokenType: 'Bearer',
      expiresAt: null,
      scopes: [],
      extra: api_domain === undefined ? {} : { api_domain },
    },
    clear: {},
  });

describe('the address of a company', () => {
  test('is the one that came with the token', async () => {
    const request = await new Pipedrive().request('/api/v2/deals?limit=1', {}, installed('https://acme.pipedrive.com'));
    expect(request.url).toBe('https://acme.pipedrive.com/api/v2/deals?limit=1');
  });

  test.each([
    undefined,
    'http://acme.pipedrive.com',
    'https://acme.pipedrive.com.example.org',
    'https://evilpipedrive.com',
    'https://acme.pipedrive.com:8443',
    'acme',
  ])('is none of another: %s', async (domain) => {
    await expect(new Pipedrive().request('/api/v2/deals', {}, installed(domain))).rejects.toMatchObject({
      message: expect.stringContaining('Authorise the application once more'),
    });
  });
});
