import { expect, test } from 'vitest';
import { REFUSALS, refusalOf } from './connect.ts';

test('a step is not connected to itself, nor to what begins a process, nor twice', () => {
  const [a, b, start] = [
    { id: 'a', kind: 'map' as const },
    { id: 'b', kind: 'filter' as const },
    { id: 's', kind: 'cron' as const },
  ];
  expect(refusalOf(a, b, [])).toBeNull();
  expect(refusalOf(a, a, [])).toBe('self');
  expect(refusalOf(a, start, [])).toBe('start-has-no-input');
  expect(refusalOf(a, b, [{ from: 'a', to: 'b' }])).toBe('twice');
  expect(refusalOf(a, b, [{ from: 'a', to: 'b', on: 'error' }])).toBeNull();
  for (const words of Object.values(REFUSALS)) expect(words).toMatch(/\.$/);
});
