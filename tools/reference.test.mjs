import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from './reference.mjs';
import { rowIdsOf } from './results.mjs';

test('the reference pages are what the sources say (npm run docs writes them)', async () => {
  for (const [name, text] of Object.entries(await pages()))
    expect(readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', name), 'utf8')).toBe(text);
});

test('a title may show several rows', () => {
  expect(rowIdsOf('R1, R2, B10: a sentence: with a colon')).toEqual(['R1', 'R2', 'B10']);
  expect(rowIdsOf('a sentence that shows none')).toEqual([]);
});
