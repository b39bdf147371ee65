import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitsIn } from './limiter-keys.ts';

test('of a user, and of a group that all share', () => {
  expect(limitsIn('ann|shop;60;100;|shop;60;500', 'w')).toEqual([
    { application: 'shop', user: 'ann', amount: 100, windowMs: 60_000 },
    { application: 'shop', user: null, amount: 500, windowMs: 60_000 },
  ]);
});

test('with the name of the worker, as generation 5 writes it', () => {
  expect(limitsIn('ann|w:shop;1;2', 'w')).toEqual([{ application: 'shop', user: 'ann', amount: 2, windowMs: 1_000 }]);
});

test('what cannot be read counts for nothing', () => {
  for (const text of ['', 'ann|shop', 'ann|shop;60', 'ann|shop;x;1', 'ann|shop;1;0', 'ann|shop;-1;5', 'ann|shop;1;1.5'])
    expect(limitsIn(text, 'w'), text).toEqual([]);
  expect(limitsIn('ann|shop;1;2;ann|crm;3', 'w')).toHaveLength(1);
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { amount, windowMs } of limitsIn(text, 'w')) expect(amount * windowMs).toBeGreaterThan(0);
    }),
  );
});
