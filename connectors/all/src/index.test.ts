import { local } from '@sluice/sdk';
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
  for (const { key } of manifest.applications)
    expect(manifest.actions.filter(({ application }) => application === key).length).toBeGreaterThanOrEqual(8);
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});
