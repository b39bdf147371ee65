import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShortLived } from './short-lived.ts';

const key = fc.integer({ min: 0, max: 6 });
const act = fc.oneof(
  fc.record({ act: fc.constant('set' as const), key, value: fc.option(fc.nat(), { nil: undefined }) }),
  fc.record({ act: fc.constant('take' as const), key }),
  fc.record({ act: fc.constant('clear' as const) }),
);

test('it holds, finds and gives back what a map would, in the same order', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const model = new Map<number, number | undefined>();
      const tried = new ShortLived<number, number | undefined>();
      for (const one of acts) {
        if (one.act === 'set') {
          model.set(one.key, one.value);
          tried.set(one.key, one.value);
        } else if (one.act === 'take') {
          expect(tried.take(one.key)).toBe(model.get(one.key));
          model.delete(one.key);
        } else {
          model.clear();
          tried.clear();
        }
        expect([...tried]).toEqual([...model]);
        expect([...tried.keys()]).toEqual([...model.keys()]);
        expect(tried.size).toBe(model.size);
        for (let at = 0; at <= 6; at++) {
          expect(tried.get(at)).toBe(model.get(at));
          expect(tried.has(at)).toBe(model.has(at));
        }
      }
    }),
  );
});

test('what is taken while one walks over it is not told again, and what comes meanwhile is', () => {
  const tried = new ShortLived<string, number>();
  for (const [index, name] of ['a', 'b', 'c'].entries()) tried.set(name, index);
  const told: string[] = [];
  for (const [name] of tried) {
    told.push(name);
    if (name === 'a') tried.take('b');
    if (name === 'c') tried.set('d', 4);
  }
  expect(told).toEqual(['a', 'c', 'd']);
});
