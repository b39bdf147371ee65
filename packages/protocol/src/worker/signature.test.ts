import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSignature, writeSignature } from '../index.ts';

const MAC = 'a'.repeat(64);

describe('a signature of a request', () => {
  test('is read as it was written, also with a second one beside it', () => {
    expect(readSignature(writeSignature(1_700_000_000, [MAC]))).toEqual({ seconds: 1_700_000_000, macs: [MAC] });
    expect(readSignature(`v1=${MAC}, t=5 ,v1=${'b'.repeat(64)}`)).toEqual({ seconds: 5, macs: [MAC, 'b'.repeat(64)] });
  });

  test.each([
    '',
    't=5',
    `v1=${MAC}`,
    `t=,v1=${MAC}`,
    't=5,v1=short',
    `t=-5,v1=${MAC}`,
    `t=1e9,v1=${MAC.toUpperCase()}`,
  ])('what is none is none: %s', (header) => expect(readSignature(header)).toBeNull());

  test('more signatures than anybody needs are not all tried', () => {
    expect(readSignature(`t=5${`,v1=${MAC}`.repeat(5)}`)).toBeNull();
  });

  test('hostile text never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readSignature(text)));
  });
});
