import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ICONS_FILE, iconsSource } from './icons.mjs';
import { picture } from './patterns.mjs';
import { pages } from './reference.mjs';
import { rowIdsOf } from './results.mjs';

test('the reference pages are what the sources say (npm run docs writes them)', async () => {
  for (const [name, text] of Object.entries(await pages()))
    expect(readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', name), 'utf8')).toBe(text);
});

test('the icons are those that the web application shows (npm run icons writes them)', () => {
  expect(readFileSync(ICONS_FILE, 'utf8')).toBe(iconsSource());
});

test('a topology is drawn with its branches, conditions and joins; a circle ends', () => {
  const nodes = [
    { id: 'in', kind: 'start' },
    { id: 'r', kind: 'router' },
    { id: 'a', kind: 'custom' },
    { id: 'b', kind: 'map' },
    { id: 'c', kind: 'batch' },
    { id: 'd', kind: 'custom' },
  ];
  const pairs = [
    ['in', 'r'],
    ['r', 'a', 'body.n > 1'],
    ['r', 'b'],
    ['r', 'c'],
    ['a', 'd'],
    ['b', 'd'],
    ['d', 'r'],
  ];
  const connections = pairs.map(([from, to, when]) => ({ from, to, when }));
  expect(picture({ nodes, connections }).split('\n')).toEqual([
    '(in) ───▶ <r> ┬─ body.n > 1 ─▶ [a] ───▶ [d] ───▶ <r>',
    '              ├──▶ {b} ───▶ [d]',
    '              └──▶ [c]',
  ]);
});

test('a title may show several rows', () => {
  expect(rowIdsOf('R1, R2, B10: a sentence: with a colon')).toEqual(['R1', 'R2', 'B10']);
  expect(rowIdsOf('a sentence that shows none')).toEqual([]);
});
