import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test.each([
  ['Error occurred: it brokeError: it broke\n    at Shop.sync (/home/x/shop.js:1:2)\n    at next', 'it broke'],
  ['Error occurred: no stock todayTypeError: no stock today\n    at x', 'no stock today'],
  ['Error occurred: Missing "state" query parameter.undefined', 'Missing "state" query parameter.'],
  ['Error occurred: it broke, Stack: "Error: it broke at /home/x"', 'it broke'],
  ['Error occurred: a: b: cError: a: b: c\n at', 'a: b: c'],
  ['Error occurred: unknown reason', 'unknown reason'],
  ['', 'it gave no reason'],
])('of %j the words are %j', (text, words) => expect(wordsOf(text)).toBe(words));

test('secrets are taken out: those that were sent, and those that are named', () => {
  const said = wordsOf(
    'Error occurred: refused s3cret-1 for {"client_secret":"abc","access_token": "def"} password=hunter2 Authorization: Bearer xyz',
    ['s3cret-1'],
  );
  expect(said).not.toMatch(/s3cret-1|abc|def|hunter2|xyz/);
  expect(said).toContain('refused ***');
});

const ODD = ['a', 'E', ':', ' ', '\r', '\n', '\u2028', '\u0000', '"', '=', 'secret', 'Error: ', ', Stack: "'];

test('whatever it says, it is one line of bounded length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 700, unit: fc.constantFrom(...ODD) }), (text) => {
      const words = wordsOf(text, ['abc']);
      expect(words).not.toMatch(/[\r\n]/);
      expect(words.length).toBeLessThanOrEqual(401);
    }),
  );
});
