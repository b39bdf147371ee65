// The code of docs/guides/testing.md, as a reader would put it into files: run by node's own test runner and by the command line.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SLUICE = join(ROOT, 'packages/cli/bin/sluice.js');
let folder: string;

beforeAll(() => {
  // Inside the repository, so that the packages are found as in a project that has them installed.
  mkdirSync(join(ROOT, '.test-results'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.test-results', 'guide-'));
  const guide = readFileSync(join(ROOT, 'docs/guides/testing.md'), 'utf8');
  for (const [, file, code] of guide.matchAll(/^```js(?:on)? (\S+)\n(.*?)^```$/gms)) {
    mkdirSync(dirname(join(folder, file!)), { recursive: true });
    writeFileSync(join(folder, file!), code!);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): { code: number | null; out: string } {
  // The runner of this test must not be taken for the runner of that one.
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...rest, NODE_OPTIONS: '', ...env },
  });
  return { code: status, out: stdout + stderr };
}

test('the tests of the guide pass under node --test', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.mjs'));
  expect(files.sort()).toEqual([
    'flow.test.mjs',
    'journal.test.mjs',
    'search.test.mjs',
    'step.test.mjs',
    'trouble.test.mjs',
  ]);
  const { code, out } = run(['--test', '--test-reporter=tap', ...files]);
  expect(out).toMatch(/^# fail 0$/m);
  expect(code).toBe(0);
}, 120_000);

test('a failure under node --test shows the seed and the difference', () => {
  writeFileSync(
    join(folder, 'wrong.mjs'),
    `import { test } from 'node:test';
     import { everyInterleaving, testFlow } from '@sluice/testing';
     import { topology, workers } from './flow.test.mjs';
     test('wrong', () => everyInterleaving({ seeds: 3 }, async (seed) => {
       const flow = await testFlow(topology, { workers, seed });
       await flow.start('in', { id: 7 });
       await flow.finish();
       await flow.expectJournal(new URL('wrong.txt', import.meta.url));
     }));`,
  );
  writeFileSync(join(folder, 'wrong.txt'), 'process-1 of order for default: completed, 4 of 4 done\n');
  const { code, out } = run(['--test', '--test-reporter=tap', 'wrong.mjs']);
  expect(code).toBe(1);
  expect(out).toContain('Seed 1 of 3 (SLUICE_SEED=1 runs it alone)');
  expect(out).toContain('-process-1 of order for default: completed');
  expect(out).toContain('+process-1 of order for default: failed');
  expect(run(['--test', '--test-reporter=tap', 'wrong.mjs'], { SLUICE_SEED: '3' }).out).toContain('Seed 3 of 3');
  expect(run(['--test', '--test-reporter=tap', 'wrong.mjs'], { SLUICE_UPDATE: '1' }).code).toBe(0);
}, 120_000);

test('sluice topology test plays the folder of the guide: written, the same, different', () => {
  const written = run([SLUICE, 'topology', 'test', 'greeting', '--update']);
  expect([written.code, written.out]).toEqual([0, expect.stringContaining('written  greeting')]);
  const journal = readFileSync(join(folder, 'greeting/journal.txt'), 'utf8');
  expect(journal).toContain('process-2 of greeting for ben: completed');
  expect(journal).toContain('answered 200 {"text":"Hello, Ben"}');
  const same = run([SLUICE, 'topology', 'test', '.']);
  expect([same.code, same.out]).toEqual([0, expect.stringContaining('1 of 1 as expected.')]);

  writeFileSync(join(folder, 'greeting/journal.txt'), journal.replace('Hello, Ann', 'Good morning, Ann'));
  const different = run([SLUICE, 'topology', 'test', 'greeting/topology.json']);
  expect(different.code).toBe(2);
  expect(different.out).toMatch(/^-.*Good morning, Ann/m);
  expect(different.out).toMatch(/^\+.*Hello, Ann/m);
}, 120_000);

test('sluice topology test says what is wrong with a folder, and with a path', () => {
  mkdirSync(join(folder, 'broken/empty'), { recursive: true });
  writeFileSync(join(folder, 'broken/topology.json'), '{');
  writeFileSync(join(folder, 'broken/input.json'), '[{"boddy":1}]');
  const broken = run([SLUICE, 'topology', 'test', 'broken']);
  expect(broken.code).toBe(2);
  expect(broken.out).toMatch(/topology\.json: .*input\.json 0/s);
  expect(broken.out).toContain('docs/guides/testing.md says what such a folder holds.');
  expect(run([SLUICE, 'topology', 'test', 'nowhere'])).toMatchObject({
    code: 2,
    out: expect.stringContaining('ENOENT'),
  });
  expect(run([SLUICE, 'topology', 'test', 'broken/empty'])).toMatchObject({
    code: 2,
    out: expect.stringContaining('There is no folder'),
  });
}, 120_000);
