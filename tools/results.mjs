// Results of the last test run, and what they say about the rows of the requirements.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every test of a JSON report: its title and whether it passed, failed or was skipped. */
export function readResults(file) {
  if (!existsSync(file)) return [];
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  return testResults.flatMap((suite) => {
    const tests = suite.assertionResults.map(({ title, status }) => ({
      title,
      status: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
    }));
    // A file that could not be loaded has no tests, and is a failure all the same.
    return tests.length === 0 && suite.status === 'failed' ? [{ title: suite.name, status: 'failed' }] : tests;
  });
}

/** `R1, R2: …` shows two rows. */
export function rowIdsOf(title) {
  const head = /^((?:[A-Z]\d+(?:, )?)+):/.exec(title);
  return head ? head[1].split(', ') : [];
}

/** One entry for each row of docs/rows.json. */
export function rowsOf(tests) {
  const rows = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'docs', 'rows.json'), 'utf8'));
  return Object.entries(rows).map(([id, title]) => {
    const own = tests.filter((test) => test.status !== 'skipped' && rowIdsOf(test.title).includes(id));
    const result = own.length === 0 ? 'none' : own.every((test) => test.status === 'passed') ? 'pass' : 'fail';
    return { id, title, result, tests: own.map((test) => test.title) };
  });
}

export function summary(tests) {
  const count = (status) => tests.filter((test) => test.status === status).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}
