import { describe, expect, test } from 'vitest';
import { compileSchema } from './json-schema.ts';

const problems = (schema: object | boolean, value: unknown): unknown[] =>
  compileSchema(schema as never, 'body')(value).map(({ pointer, message }) => `${pointer} ${message}`);

describe('JSON Schema of a route', () => {
  test('all problems are found, each with its JSON Pointer', () => {
    const schema = {
      type: 'object',
      required: ['id', 'lines'],
      additionalProperties: false,
      properties: {
        id: { type: 'integer', minimum: 1 },
        lines: { type: 'array', items: { $ref: '#/$defs/line' } },
      },
      $defs: {
        line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string', pattern: '^[A-Z]{2}\\d+$' } } },
      },
    };
    expect(problems(schema, { id: 1, lines: [{ sku: 'AB1' }] })).toEqual([]);
    expect(problems(schema, { id: '1', lines: [{ sku: 'ab' }, {}], 'a/b': 1 })).toEqual([
      '/id must be integer, is string',
      '/lines/0/sku must match the pattern ^[A-Z]{2}\\d+$',
      '/lines/1 must have "sku"',
      '/a~1b is not allowed',
    ]);
    expect(problems(schema, {})).toEqual([' must have "id"', ' must have "lines"']);
  });

  test('names of members of every object are no members of a body', () => {
    const schema = { type: 'object', additionalProperties: false, properties: { id: {} }, required: ['toString'] };
    expect(problems(schema, JSON.parse('{"__proto__":1,"constructor":2}'))).toEqual([
      ' must have "toString"',
      '/__proto__ is not allowed',
      '/constructor is not allowed',
    ]);
  });

  test('a reference out of the schema, or to nowhere, is refused when it is saved', () => {
    expect(() => problems({ $ref: 'http://169.254.169.254/schema' }, 1)).toThrow(/leads out of the schema/);
    expect(() => problems({ $ref: '#/$defs/none' }, 1)).toThrow(/leads nowhere/);
    expect(() => problems({ properties: { a: { type: 'text' } } }, 1)).toThrow(/\/properties\/a has the type "text"/);
  });

  test('a pattern that would take a backtracking engine for ever is matched in steps of the text', () => {
    const check = compileSchema({ type: 'string', pattern: '^(a+)+$' }, 'body');
    expect(check(`${'a'.repeat(50_000)}!`)).toHaveLength(1);
    expect(check('a'.repeat(50_000))).toEqual([]);
    expect(() => problems({ pattern: '^(?=a)\\1' }, 'a')).toThrow(/linear time/);
    expect(() => problems({ patternProperties: { '^(a+)+$': {} } }, {})).toThrow(/at most one repetition/);
  });

  test('a list of many items is not compared all with all', () => {
    expect(() => problems({ uniqueItems: true }, [])).toThrow(/must say maxItems/);
    const schema = { uniqueItems: true, maxItems: 100 };
    expect(problems(schema, [1, 2, 1])).toEqual([' duplicate items at indexes 0 and 2']);
    expect(
      problems(
        schema,
        Array.from({ length: 100_000 }, (_, index) => index),
      ),
    ).toEqual([' array has too many items (100000 > 100)']);
  });

  test('a schema that leads into itself, and a name that is half a character, are problems and no crash', () => {
    expect(problems({ $ref: '#' }, 1)).toHaveLength(1);
    expect(problems({ additionalProperties: false }, { '\ud800': 1 })).toHaveLength(1);
  });
});
