// Expressions tried on a sample: what they give, what is refused, and that the hostile ones hurt nobody.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPlatform, testPlatform } from './testing/platform.ts';

let p: TestPlatform;
beforeAll(async () => {
  p = await testPlatform();
});
afterAll(() => p?.close());

const body = { total: 7, lines: [{ sku: 'A' }] };
const evaluate = (expression: string) =>
  p.client.expressions.evaluate(expression, { body, headers: { shop: 'north' }, user: 'ann' });

test('an expression is tried on a sample as on a message: JSON, headers, user, text, nothing', async () => {
  expect(await evaluate('{ "a": body.total * 2, "b": headers.shop, "c": user }')).toEqual({
    value: { a: 14, b: 'north', c: 'ann' },
  });
  expect(await evaluate('body.nowhere')).toEqual({});
  // Of the machine it sees nothing.
  expect(await evaluate('process.env')).toEqual({});
  expect(await evaluate('body.constructor.constructor')).toEqual({});
  expect(await p.client.expressions.evaluate('$length(body)', { body: 'plain' })).toEqual({ value: 5 });
  expect(await p.client.expressions.evaluate('1 + 1', {})).toEqual({ value: 2 });
});

test.each([
  ['what cannot be read', 'body.('],
  ['what fails', '$error("no")'],
  ['what never ends', '($f := function($x) { $f($x + 1) }; $f(0))'],
  ['what takes all memory', '($g := function($s) { $g($s & $s) }; $g("xxxxxxxxxxxxxxxx"))'],
  ['what gives too much', '$join([1..400000].("xxxx"))'],
])('%s is refused with its reason, and the next is answered', async (_, expression) => {
  await expect(evaluate(expression)).rejects.toMatchObject({ code: 'expression.preview_failed', status: 422 });
  expect(await evaluate('body.total')).toEqual({ value: 7 });
});

test('a flood is refused in part, and what is no request is named', async () => {
  const endless = '($f := function($x) { $f($x + 1) }; $f(0))';
  const codes = (await Promise.allSettled(Array.from({ length: 16 }, () => evaluate(endless)))).map(
    (each) => each.status === 'rejected' && each.reason.code,
  );
  expect(codes.filter((code) => code === 'expression.preview_busy')).toHaveLength(8);
  for (const [expression, message] of [
    ['', {}],
    ['1', { body, constructor: 1 }],
    ['x'.repeat(30_000), {}],
  ] as const)
    await expect(p.client.expressions.evaluate(expression, message as object)).rejects.toMatchObject({
      code: 'request.invalid',
    });
});

test('A1: it asks for the scope of those who change topologies', async () => {
  const answer = await fetch(`${p.url}/api/v1/expressions/evaluate`, { method: 'POST' });
  expect(answer.status).toBe(401);
});
