import { Application, local } from '@sluice/sdk';
import { expect, test } from 'vitest';
import { allApplications, allSteps } from './index.ts';

test('R14, R19: one worker offers every package: applications as a store shows them, connectors grouped by them', () => {
  const { manifest } = local({ steps: allSteps(), applications: allApplications() });
  const keys = manifest.applications.map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      'airtable',
      'github',
      'github-token',
      'google-sheets',
      'hubspot',
      'jira',
      'microsoft-mail',
      'pipedrive',
      'shopify',
      'slack',
      'stripe',
    ]),
  );
  for (const { key, categories, keywords, version } of manifest.applications) {
    expect([key, categories.length > 0, keywords.length > 0, version]).toEqual([key, true, true, '0.1.0']);
    expect(manifest.actions.filter(({ application }) => application === key).length).toBeGreaterThanOrEqual(8);
  }
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});

test('R14: an application whose categories nobody could filter by is refused, with what is wrong', () => {
  class Odd extends Application {
    readonly key = 'odd';
    readonly name = 'Odd';
    readonly baseUrl = 'https://odd.example.com';
    override readonly categories = ['<b>'];
    override readonly version = 'x'.repeat(51);
  }
  expect(() => local({ steps: [], applications: [new Odd()] })).toThrow(
    /"odd" is not sound: categories\.0 must be lower-case letters.*version/,
  );
});
