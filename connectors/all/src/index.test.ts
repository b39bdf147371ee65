import { readdirSync } from 'node:fs';
import { local } from '@sluice/sdk';
import { expect, test } from 'vitest';
import { allApplications, allSteps } from './index.ts';

test('R14, R19: one worker offers every package: applications as a store shows them, connectors grouped by them', () => {
  const { manifest } = local({ steps: allSteps(), applications: allApplications() });
  const keys = manifest.applications.map(({ key }) => key);
  const folders = readdirSync(new URL('../../', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'all')
    .map(({ name }) => name);
  expect(folders.length).toBeGreaterThan(20);
  expect(keys).toEqual(expect.arrayContaining(folders));
  expect(manifest.applications.filter(({ categories }) => categories.length === 0)).toEqual([]);
  for (const { key } of manifest.applications)
    expect(manifest.actions.filter(({ application }) => application === key).length).toBeGreaterThanOrEqual(8);
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});
