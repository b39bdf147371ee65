import { describe, expect, test } from 'vitest';
import { digestOf } from './child-id.ts';

describe('digest of an id', () => {
  test('it is 16 URL-safe characters, the same for the same text', () => {
    for (const text of ['', 'a', 'orders/1/erp|p.x|0:erp', '山田 😀', 'x'.repeat(10_000)]) {
      expect(digestOf(text)).toMatch(/^[\w-]{16}$/);
      expect(digestOf(text)).toBe(digestOf(`${text}`));
    }
  });

  test('of several texts it is that of one with a line between them, and stays what it was in every version', () => {
    expect(digestOf('orders/1/erp', '0192-aa.bcdefgh', '0:erp')).toBe(digestOf('orders/1/erp|0192-aa.bcdefgh|0:erp'));
    expect(digestOf('a', 'b')).toBe(digestOf('a|b'));
    expect(digestOf('orders/1/erp|0192-aa.bcdefgh|0:erp')).toBe('kTvRodyxz-k89G0_');
    expect(digestOf('山田 😀')).toBe('ai6dTLan-K_NXG54');
  });

  test('a million texts that differ in little have a million digests, and so has each half of them', () => {
    const whole = new Set<string>();
    const halves = [new Set<string>(), new Set<string>()];
    let parent = 'AAAAAAAAAAAAAAAA';
    for (let index = 0; index < 1_000_000; index++) {
      // Children of one message in turns with a line of descendants.
      const digest = digestOf(index % 2 ? `q/1/n|p.root|${index}:n` : `q/1/n|p.${parent}|0:n`);
      if (index % 2 === 0) parent = digest;
      whole.add(digest);
      halves[0]!.add(digest.slice(0, 8));
      halves[1]!.add(digest.slice(8));
    }
    expect(whole.size).toBe(1_000_000);
    // 48 bits: of a million, two meet once in 560 times.
    for (const half of halves) expect(half.size).toBeGreaterThan(1_000_000 - 3);
  });

  test('one bit of the text changes half of the digest', () => {
    const bitsOf = (text: string): string =>
      [...Buffer.from(digestOf(text), 'base64url')].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const text = 'orders/1/erp|0192-aa.bcdefgh|0:erp';
    const whole = bitsOf(text);
    let changed = 0;
    for (let at = 0; at < text.length; at++) {
      const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      const differing = [...bitsOf(other)].filter((bit, index) => bit !== whole[index]).length;
      expect(differing).toBeGreaterThan(20);
      changed += differing;
    }
    const mean = changed / text.length;
    expect(mean).toBeGreaterThan(40);
    expect(mean).toBeLessThan(56);
  });
});
