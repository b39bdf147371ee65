import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gathered, TextBytes, writeAt } from './text.ts';

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }));
const anyBody = fc.oneof(anyText, fc.uint8Array(), fc.constant('ä'.repeat(9_000)));

describe('text as bytes', () => {
  test('gathered texts are what they were, and what is no text or long is left as it is', () => {
    fc.assert(
      fc.property(fc.array(anyBody), (bodies) => {
        const kept = gathered(bodies);
        for (const [index, body] of bodies.entries())
          if (typeof body === 'string' && body.length <= 8_192) {
            expect(kept[index]).toBeInstanceOf(TextBytes);
            expect(String(kept[index])).toBe(body);
            expect((kept[index] as TextBytes).length).toBe(Buffer.byteLength(body));
          } else expect(kept[index]).toBe(body);
      }),
    );
  });

  test('half of a surrogate pair becomes what UTF-8 has for it, and moves nothing beside it', () => {
    expect(gathered(['a\ud800', 'b']).map(String)).toEqual(['a\ufffd', 'b']);
  });

  test('strings, bytes and text as bytes are written the same', () => {
    const memory = Buffer.alloc(9);
    const [kept] = gathered(['ö']);
    const end = writeAt(memory, writeAt(memory, writeAt(memory, 0, 'ab', 2), kept!, 2), Buffer.from('€'), 3);
    expect(end).toBe(7);
    expect(memory.toString('utf8', 0, end)).toBe('abö€');
  });
});
