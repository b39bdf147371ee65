import { readdirSync } from 'node:fs';
import { local } from '@sluice/sdk';
import { expect, test } from 'vitest';
import { allConnectors, packageNames } from './index.ts';

test('R14, R19: one worker offers every package: applications as a store shows them, connectors grouped by them', async () => {
  const { manifest } = local(await allConnectors());
  const folders = readdirSync(new URL('../..', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'all')
    .map(({ name }) => `@sluice/connector-${name}`);
  expect(packageNames()).toEqual(folders.sort());
  expect(new Set(manifest.applications.map((one) => one.package?.name))).toEqual(new Set(folders));
  for (const { key, categories, package: origin } of manifest.applications) {
    expect(manifest.actions.filter(({ application }) => application === key).length, key).toBeGreaterThanOrEqual(8);
    expect(categories.length, `categories of ${key}`).toBeGreaterThan(0);
    expect(origin, key).toMatchObject({ version: '0.1.0', sdk: '^0.1.0' });
  }
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});
