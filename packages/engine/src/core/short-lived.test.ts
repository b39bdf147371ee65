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

test('thousands that come and go among some that stay are found, and nothing else is', () => {
  const tried = new ShortLived<string | number, number>();
  const model = new Map<string | number, number>();
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let turn = 0; turn < 50_000; turn++) {
    // Few endings, so that many share a place; numbers beside texts of the same digits.
    const id = random(600);
    const key = random(3) === 0 ? id * 64 : `${id}.${'x'.repeat(id % 5)}${id % 7}`;
    if (random(2) === 0) {
      tried.set(key, turn);
      model.set(key, turn);
    } else {
      expect(tried.take(key)).toBe(model.get(key));
      model.delete(key);
    }
    if (turn % 5_000 === 0) expect([...tried]).toEqual([...model]);
  }
  expect([...tried]).toEqual([...model]);
  for (const [key, value] of model) expect(tried.get(key)).toBe(value);
  for (const key of ['', '.', 0.5, -1, Number.NaN, '0.', null, undefined, {}, [0], true])
    expect(tried.has(key as number)).toBe(model.has(key as number));
});

test('what one comes by may be taken, and its place given to another, while one walks over all', () => {
  const tried = new ShortLived<number, string>();
  for (let key = 0; key < 100; key++) tried.set(key, 'old');
  const told: number[] = [];
  for (const [key, value] of tried) {
    told.push(key);
    if (value === 'old') {
      tried.take(key);
      if (key % 10 === 0) tried.set(1_000 + key, 'new');
    }
  }
  expect(told).toEqual([...Array(100).keys(), ...Array.from({ length: 10 }, (_, ten) => 1_000 + ten * 10)]);
  for (const [key] of tried) {
    expect(key).toBe(1_000);
    tried.clear();
  }
  expect(tried.size).toBe(0);
});
