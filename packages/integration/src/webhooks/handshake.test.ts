import { describe, expect, test } from 'vitest';
import type { Received } from './deliveries.ts';
import { handshakeOf } from './handshake.ts';

const received = (headers: Received['headers']): Received => ({
  method: 'POST',
  headers,
  carried: {},
  query: {},
  contentType: 'application/json',
  body: Buffer.from('{}'),
});

describe('the handshake of Asana', () => {
  test('R17: the secret of the question is sent back, in its header', () => {
    expect(handshakeOf('asana', received({ 'x-hook-secret': 'b537207f20cbfa02' }), 'ours')).toEqual({
      contentType: 'text/plain',
      text: '',
      headers: { 'x-hook-secret': 'b537207f20cbfa02' },
    });
  });

  test.each<[string, Received['headers']]>([
    ['a delivery', { 'x-hook-secret': 'b537', 'x-hook-signature': 'abc' }],
    ['no secret', {}],
    ['an empty one', { 'x-hook-secret': '' }],
    ['two of them', { 'x-hook-secret': ['a', 'b'] }],
    ['one with a line break', { 'x-hook-secret': 'a\r\nset-cookie: b=c' }],
    ['one that is markup', { 'x-hook-secret': '<script>' }],
    ['one that is longer than any', { 'x-hook-secret': 'a'.repeat(501) }],
  ])('%s is not answered', (_what, headers) => {
    expect(handshakeOf('asana', received(headers), 'ours')).toBeNull();
  });
});
