// `npm test`: all tests, then what they show of the requirements, then the count on a line of its own.
//
// Arguments go to the test runner, so `npm test -- limiter` runs what has "limiter" in its path.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readResults, rowsOf, summary } from './results.mjs';

const root = join(import.meta.dirname, '..');
const file = join(root, '.test-results', 'vitest.json');
mkdirSync(join(root, '.test-results'), { recursive: true });
rmSync(file, { force: true });

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });

const tests = readResults(file);
const skipped = tests.filter((test) => test.status === 'skipped');
for (const test of skipped) console.log(`SKIPPED ${test.title}`);
if (tests.length > 0) {
  const rows = rowsOf(tests);
  const count = (result) => rows.filter((row) => row.result === result).length;
  console.log(
    `\nRequirements: ${count('pass')} shown by tests, ${count('fail')} failing, ${count('none')} without a test yet (npm run rows lists them).`,
  );
}
console.log(summary(tests));
process.exit(status === 0 && tests.length > 0 ? 0 : 1);
