import { local } from '@sluice/sdk';
import { expect, test } from 'vitest';
import { allApplications, allSteps } from './index.ts';

/** Of a protocol or a kind of store: as many steps as it has operations. */
const TOOLKIT = [
  ...[
    'amqp',
    'files',
    'ftp',
    'graphql',
    'graphql-oauth2',
    'imap',
    'mqtt',
    'mysql',
    'nats',
    'postgresql',
    'redis',
    'rest',
  ],
  ...['rest-oauth2', 's3', 'sftp', 'smtp', 'soap', 'sqlite'],
];

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
      ...TOOLKIT,
    ]),
  );
  for (const { key } of manifest.applications)
    expect(manifest.actions.filter(({ application }) => application === key).length, key).toBeGreaterThanOrEqual(
      TOOLKIT.includes(key) ? 1 : 8,
    );
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});
