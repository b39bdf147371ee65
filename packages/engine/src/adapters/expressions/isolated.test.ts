import { afterEach, describe, expect, test } from 'vitest';
import type { ExpressionInput, Expressions } from '../../ports/expressions.ts';
import { isolatedExpressions } from './isolated.ts';

const input = (body: unknown = {}): ExpressionInput => ({
  headers: { tenant: 'x' },
  user: 'ann',
  contentType: 'application/json',
  body: JSON.stringify(body),
});

describe('expressions in a process of their own', () => {
  let open: Expressions | null = null;
  const start = (options = {}): Expressions => {
    open = isolatedExpressions({ limitMs: 500, memoryMb: 32, ...options });
    return open;
  };
  afterEach(async () => {
    await open?.close();
    open = null;
  });

  test('they see headers, body and user, and give plain JSON', async () => {
    const expressions = start();
    expect(await expressions.evaluate('{"n": body.n + 1, "u": user, "t": headers.tenant}', input({ n: 1 }))).toEqual({
      n: 2,
      u: 'ann',
      t: 'x',
    });
    expect(await expressions.evaluate('body.nothing', input())).toBeUndefined();
  });

  const ENDLESS: Record<string, string> = {
    'a recursion without end': '($f := function($x) { $f($x + 1) }; $f(0))',
    'a recursion that grows the stack': '($f := function($x) { 1 + $f($x + 1) }; $f(0))',
    'two functions that call each other': '($a := function($x) { $b($x) }; $b := function($x) { $a($x) }; $a(1))',
    'loops inside loops': '$sum([1..5000].($x := $; $sum([1..5000].($ * $x))))',
    'a pattern that backtracks': '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
  };
  for (const [what, expression] of Object.entries(ENDLESS))
    test(`B15: ${what} is stopped, named, and the next expression runs`, async () => {
      const expressions = start();
      const failed = expressions.evaluate(expression, input());
      await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/^expression\.(too_slow|failed)$/) });
      expect(await expressions.evaluate('1 + 1', input())).toBe(2);
    });

  const GREEDY: Record<string, string> = {
    'a text that doubles':
      '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("xxxxxxxxxxxxxxxx", 40)))',
    'a list that doubles':
      '($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1, 2, 3], 40)))',
    'a padded text': '$length($pad("x", 2000000000))',
    'a range of objects': '$count([1..9000000].{"a": $, "b": [$, $, $, $]})',
  };
  for (const [what, expression] of Object.entries(GREEDY))
    test(`B15, B12: ${what} breaks the bound on memory or time, not the engine`, async () => {
      const expressions = start({ limitMs: 5_000 });
      const before = process.memoryUsage().rss;
      const failed = expressions.evaluate(expression, input());
      await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/^expression\.(too_slow|failed)$/) });
      expect(process.memoryUsage().rss - before).toBeLessThan(1_000 * 1024 * 1024);
      expect(await expressions.evaluate('1 + 1', input())).toBe(2);
    });

  test('one of many that needs too much memory is the one that fails, the others get their results', async () => {
    const expressions = start({ limitMs: 5_000 });
    const all = Array.from({ length: 20 }, (_, n) =>
      expressions.evaluate(n === 7 ? '$count([1..9000000].{"a": [$, $, $]})' : 'body.n * 2', input({ n })),
    );
    const results = await Promise.allSettled(all);
    expect(results.flatMap((result, n) => (result.status === 'rejected' ? [n] : []))).toEqual([7]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : null))).toEqual(
      Array.from({ length: 20 }, (_, n) => (n === 7 ? null : n * 2)),
    );
  });

  test('B12: a body that does not fit into the bound fails alone', async () => {
    const expressions = start({ limitMs: 20_000, memoryMb: 24 });
    const large = { ...input(), body: `{"list": [${'{"n": {}},'.repeat(600_000)}0]}` };
    const small = expressions.evaluate('body.n', input({ n: 1 }));
    await expect(expressions.evaluate('$count(body.list)', large)).rejects.toMatchObject({ code: 'expression.failed' });
    expect(await small).toBe(1);
  });

  test('those that waited behind one that was stopped get their results', async () => {
    const expressions = start();
    const slow = expressions.evaluate('($f := function($x) { $f($x + 1) }; $f(0))', input());
    const others = Promise.all([1, 2, 3].map((n) => expressions.evaluate('body.n * 2', input({ n }))));
    await expect(slow).rejects.toMatchObject({ code: 'expression.too_slow' });
    expect(await others).toEqual([2, 4, 6]);
  });

  const NOWHERE: Record<string, string> = {
    'the constructor of a value': 'body.constructor',
    'the prototype of a value': 'body.__proto__',
    'the process': 'process',
    'the global object': 'globalThis',
    'an import': 'require("fs")',
  };
  for (const [what, expression] of Object.entries(NOWHERE))
    test(`B15: ${what} is out of reach`, async () => {
      const result = await start()
        .evaluate(expression, input({ n: 1 }))
        .catch((error: { code: string }) => error.code);
      expect([undefined, 'expression.failed']).toContain(result);
    });

  test('B15: a prototype cannot be changed for those that come after', async () => {
    const expressions = start();
    const hostile = JSON.parse('{"__proto__": {"evil": 1}, "constructor": {"prototype": {"evil": 1}}}') as unknown;
    for (const expression of [
      '$merge([body, {"__proto__": {"evil": 1}}])',
      'body ~> | $ | {"__proto__": {"evil": 1}} |',
      'body ~> | constructor.prototype | {"evil": 1} |',
      '{"__proto__": {"evil": 1}}',
    ])
      await expressions.evaluate(expression, input(hostile)).catch(() => {});
    expect(await expressions.evaluate('{"a": 1}.evil', input())).toBeUndefined();
    expect(await expressions.evaluate('$keys({})', input())).toBeUndefined();
  });

  test('a result that is no value, and text that is no expression, are said', async () => {
    const expressions = start();
    await expect(expressions.evaluate('function($x) { $x }', input())).rejects.toMatchObject({
      code: 'expression.failed',
    });
    await expect(expressions.evaluate('body.(', input())).rejects.toMatchObject({ code: 'expression.failed' });
    expect(expressions.fault('body.(')).not.toBeNull();
    expect(expressions.fault('body.n')).toBeNull();
  });

  test('reading an expression is bounded too: thousands of brackets are a fault, not a crash', () => {
    const expressions = start();
    expect(expressions.fault('('.repeat(9_000))).not.toBeNull();
    expect(expressions.fault(`${'['.repeat(4_900)}1${']'.repeat(4_900)}`)).toSatisfy(
      (fault: unknown) => fault === null || typeof fault === 'string',
    );
  });

  test('after it was closed it says so', async () => {
    const expressions = start();
    await expressions.close();
    await expect(expressions.evaluate('1', input())).rejects.toMatchObject({ code: 'engine.stopping' });
  });
});
