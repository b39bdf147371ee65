import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXIT, exitCodeOf, explain } from './exit.ts';

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

test.each([
  ['a file that is not there', () => readFileSync('not/here.yaml'), 'There is no "not/here.yaml" here.'],
  ['a folder that is not there', () => readdirSync('not-here'), 'There is no "not-here" here.'],
  [
    'a way through a file',
    () => readFileSync(`${import.meta.filename}/below`),
    'leads through something that is no folder',
  ],
])('%s is named in words, and is the fault of whoever gave it', (_, act, words) => {
  const error = thrown(act);
  expect(explain(error)).toContain(words);
  expect(explain(error)).not.toMatch(/ENOENT:|ENOTDIR:/);
  expect(exitCodeOf(error)).toBe(EXIT.input);
});

test('what is no error of a file keeps its own words', () => {
  expect(explain(new Error('boom'))).toBe('Error: boom');
  expect(explain('boom')).toBe('Error: boom');
  expect(exitCodeOf(new Error('boom'))).toBe(EXIT.ours);
});
