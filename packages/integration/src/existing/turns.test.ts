import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('in no window are there more calls than the limit, whoever comes when and however long a call takes', () => {
  const message = fc.record({ at: fc.nat(3_000), takes: fc.nat(1_500) });
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 10, max: 1_000 }),
      (messages, amount, windowMs) => {
        let now = 0;
        const turns = new Turns(() => now);
        const begun: number[] = [];
        /** What happens when: a message asks, or its call ends. */
        const due = messages.map(({ at, takes }, id) => ({ at, run: () => ask(String(id), takes) }));
        const ask = (id: string, takes: number): void => {
          const permit = turns.take([{ key: 'k', amount, windowMs }], id);
          if (typeof permit === 'number') {
            expect(permit).toBeGreaterThan(now);
            due.push({ at: permit, run: () => ask(id, takes) });
          } else {
            begun.push(now);
            due.push({ at: now + takes, run: permit });
          }
        };
        for (let steps = 0; due.length > 0; steps++) {
          expect(steps, 'all come to their turn').toBeLessThan(20_000);
          due.sort((a, b) => a.at - b.at);
          const next = due.shift()!;
          now = Math.max(now, next.at);
          next.run();
        }
        expect(begun).toHaveLength(messages.length);
        for (let i = amount; i < begun.length; i++)
          expect(begun[i]! - begun[i - amount]!).toBeGreaterThanOrEqual(windowMs);
      },
    ),
  );
});

test('one permit of each limit, or none', () => {
  const turns = new Turns(() => 0);
  const wide = { key: 'all', amount: 10, windowMs: 1_000 };
  const narrow = { key: 'ann', amount: 1, windowMs: 1_000 };
  expect(typeof turns.take([narrow, wide], 'a')).toBe('function');
  for (let i = 0; i < 20; i++) expect(typeof turns.take([narrow, wide], `b${i}`)).toBe('number');
  for (let i = 0; i < 9; i++) expect(typeof turns.take([wide], `c${i}`)).toBe('function');
  expect(typeof turns.take([wide], 'd')).toBe('number');
});
