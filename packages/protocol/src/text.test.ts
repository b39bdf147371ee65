import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isShared, LARGE_BYTES, shared } from './memory.ts';
import { Bodies, gathered, TextBytes } from './text.ts';

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
    const bodies = new Bodies();
    const lengths = ['ab', ...gathered(['ö']), Buffer.from('€')].map((body) => bodies.add(body));
    expect(lengths).toEqual([2, 2, 3]);
    expect(bodies.bytes).toBe(7);
    bodies.writeTo(memory, 1);
    expect(memory.toString('utf8', 1, 8)).toBe('abö€');
    expect([memory[0], memory[8]]).toEqual([0, 0]);
  });

  test('in parts they are what they are in one piece, and what stands together in shared memory is not copied', () => {
    const memory = shared(Buffer.alloc(2 * LARGE_BYTES, 'ab'));
    const at = (start: number, end: number) => new TextBytes(memory, start, end);
    const together = [at(10, 20), at(20, LARGE_BYTES), at(LARGE_BYTES, LARGE_BYTES + 15)];
    const sets = [
      [],
      ['a'],
      together,
      ['before', ...together, Buffer.from('behind'), 'it'],
      // Too little, not in order, with a gap, of another memory.
      [at(0, 10), at(10, 20)],
      [at(LARGE_BYTES, LARGE_BYTES + 9), at(0, 10)],
      [at(0, 10), at(11, 20), ...gathered(['c', 'd'])],
      [...together, at(0, LARGE_BYTES), ''],
    ];
    const copied = sets.map((set) => {
      const bodies = new Bodies();
      for (const body of set) bodies.add(body);
      const whole = Buffer.alloc(bodies.bytes);
      bodies.writeTo(whole);
      const parts = bodies.parts();
      expect(Buffer.concat(parts).equals(whole)).toBe(true);
      return parts.map((part) => (isShared(part) ? 'shared' : part.length));
    });
    expect(copied).toEqual([...[[], [1], ['shared'], [6, 'shared', 8], [20], [19], [21]], ['shared', 'shared']]);
  });
});
