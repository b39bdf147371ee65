import { expect, test } from 'vitest';
import { type Content, decodeContent, encodeContent, partOf } from '../index.ts';

test('contents are what they were, whatever they are', () => {
  const contents: [Content, string?][] = [
    [{ content: { a: [1, null, 'é'] }, encoding: 'json' }],
    [{ content: '"quoted"', encoding: 'text' }, 'text/plain'],
    [{ content: '{"a":1}', encoding: 'text' }, 'text/plain'],
    [{ content: '{ no json', encoding: 'text' }],
    [{ content: '/wAB', encoding: 'base64' }],
    [{ content: '', encoding: 'text' }],
  ];
  for (const [content, type] of contents) expect(decodeContent(encodeContent(content), type)).toEqual(content);
  expect(String(encodeContent({ content: 'a' }))).toBe('a');
  expect(String(encodeContent({ content: { a: 1 } }))).toBe('{"a":1}');
  for (const wrong of ['é', 'a=b', '=', '%'])
    expect(() => encodeContent({ content: wrong, encoding: 'base64' }), wrong).toThrow('base64');
  for (const encoding of ['text', 'base64'] as const)
    expect(() => encodeContent({ content: 1, encoding })).toThrow('text');
});

test('a place in a value is found, and nothing that is not its own', () => {
  const value = { 'a/b': { '~': [10, { c: 0 }] } };
  expect(partOf(value, '')).toBe(value);
  expect(partOf(value, '/a~1b/~0/1/c')).toBe(0);
  for (const nowhere of ['/x', '/a~1b/~0/9', '/__proto__', '/constructor', '/a~1b/~0/0/c'])
    expect(partOf(value, nowhere), nowhere).toBe(undefined);
});
