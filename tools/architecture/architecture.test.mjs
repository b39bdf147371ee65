// The architecture test, and the proof that it can see: a folder of planted violations, one for every rule, and a floor
// on what was surveyed. A test that surveys nothing would pass for ever.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';
import { rules } from './rules.mjs';

const root = join(import.meta.dirname, '..', '..');
const planted = join(import.meta.dirname, 'planted');

/** Workspace packages are resolved to their sources, doors included; their exports point at what was built. */
function aliases(base) {
  const names = [
    'protocol',
    'topology',
    'topology-editor',
    'engine',
    'sdk',
    'soap',
    'codegen',
    'testing',
    'server',
    'client',
    'cli',
    'admin',
  ];
  const entries = names.flatMap((name) => {
    const source = join(base, 'packages', name, 'src');
    if (!existsSync(source)) return [];
    const doors = readdirSync(source).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    return doors.map((file) => [
      `@sluice/${name}${file === 'index.ts' ? '' : `/${file.slice(0, -3)}`}$`,
      join(source, file),
    ]);
  });
  const connectors = join(base, 'connectors');
  for (const key of existsSync(connectors) ? readdirSync(connectors) : []) {
    const name = key === 'all' ? '@sluice/connectors$' : `@sluice/connector-${key}$`;
    entries.push([name, join(connectors, key, 'src', 'index.ts')]);
  }
  const toolkit = join(base, 'toolkit');
  for (const key of existsSync(toolkit) ? readdirSync(toolkit) : [])
    entries.push(
      [`@sluice/toolkit-${key}$`, join(toolkit, key, 'src', 'index.ts')],
      [`@sluice/toolkit-${key}/testing$`, join(toolkit, key, 'src', 'testing.ts')],
    );
  for (const [name, path] of [
    ['@sluice/example-new-order$', 'examples/new-order/src/index.ts'],
    ['@sluice/standalone$', 'apps/standalone/src/index.ts'],
  ])
    entries.push([name, join(base, path)]);
  return Object.fromEntries(entries);
}

async function survey(base) {
  const folders = ['packages', 'apps', 'examples', 'bench', 'connectors', 'toolkit'].filter((folder) =>
    existsSync(join(base, folder)),
  );
  const { output } = await cruise(
    folders,
    {
      baseDir: base,
      validate: true,
      ruleSet: rules,
      tsPreCompilationDeps: true,
      doNotFollow: { path: ['node_modules', 'dist'] },
      exclude: { path: ['/dist/', 'node_modules'] },
    },
    {
      alias: aliases(base),
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  );
  return output.summary;
}

describe('architecture', () => {
  test('the rules see: each has a planted violation, and reports it', async () => {
    const { violations } = await survey(planted);
    const seen = new Set(violations.map((violation) => violation.rule.name));
    expect([...seen].sort()).toEqual(rules.forbidden.map((rule) => rule.name).sort());
  });

  test('the tree keeps its rooms', async () => {
    const { violations, totalCruised } = await survey(root);
    expect(totalCruised).toBeGreaterThan(150); // a survey of nothing is no pass
    expect(violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`)).toEqual([]);
  }, 120_000); // one thread reads every file
});
