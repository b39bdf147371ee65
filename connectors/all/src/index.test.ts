import { readdirSync } from 'node:fs';
import { local } from '@sluice/sdk';
import { expect, test } from 'vitest';
import { allConnectors, packageNames } from './index.ts';

/** `all` offers what the others bring; `sql` is what databases have in common. */
const foldersIn = (path: string): string[] =>
  readdirSync(new URL(path, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['all', 'sql'].includes(entry.name))
    .map(({ name }) => name);

test('R14, R19: one worker offers every package: applications as a store shows them, connectors grouped by them', async () => {
  const { manifest } = local(await allConnectors());
  const services = foldersIn('../..').map((name) => `@sluice/connector-${name}`);
  const toolkit = foldersIn('../../../toolkit').map((name) => `@sluice/toolkit-${name}`);
  expect(packageNames()).toEqual([...services, ...toolkit].sort());
  const offered = new Set(manifest.applications.map((one) => one.package?.name));
  expect([...services, ...toolkit].filter((name) => !offered.has(name))).toEqual(['@sluice/toolkit-formats']);
  for (const { key, categories, package: origin } of manifest.applications) {
    expect(manifest.actions.filter(({ application }) => application === key).length, key).toBeGreaterThanOrEqual(
      services.includes(origin?.name ?? '') ? 8 : 1,
    );
    expect(categories.length, `categories of ${key}`).toBeGreaterThan(0);
    expect(origin, key).toMatchObject({ version: '0.1.0', sdk: '^0.1.0' });
  }
  expect(manifest.actions.every(({ input, output, description }) => input && output && description)).toBe(true);
});
