import { expect, test } from 'vitest';
import { formBody } from './form-body.ts';

test('what is nested gets brackets, nothing is lost, and no value becomes a name', () => {
  const body = formBody({
    a: 1,
    none: undefined,
    empty: null,
    flag: false,
    list: ['x', { price: 'p&q=1', quantity: 2 }],
    metadata: { 'a]b': '€' },
  });
  expect([...new URLSearchParams(body)]).toEqual([
    ['a', '1'],
    ['empty', ''],
    ['flag', 'false'],
    ['list[0]', 'x'],
    ['list[1][price]', 'p&q=1'],
    ['list[1][quantity]', '2'],
    ['metadata[a]b]', '€'],
  ]);
});
