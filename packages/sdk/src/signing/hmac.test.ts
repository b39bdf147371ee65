import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type HmacSigning, type HttpRequest, signHmac } from '../index.ts';

const MOMENT = { now: 1_700_000_000_123, nonce: 'n-1' };
const sign = (request: HttpRequest, signing: HmacSigning) => signHmac(request, signing, MOMENT).headers;

describe('signing by HMAC', () => {
  test('the example of GitHub webhooks: the body under a prefix', () => {
    expect(
      sign(
        { url: 'https://x.example.com/', body: 'Hello, World!' },
        {
          secret: "It's a Secret to Everybody",
          parts: ['body'],
          header: 'x-hub-signature-256',
          value: 'sha256={signature}',
        },
      ),
    ).toEqual({
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    });
  });

  test('RFC 4231, test cases 1 and 2, over each digest, and a secret that is not text', () => {
    const jefe = (digest: HmacSigning['digest']) =>
      sign(
        { url: 'https://x.example.com/', body: 'what do ya want for nothing?' },
        { secret: 'Jefe', digest: digest!, parts: ['body'], header: 'h' },
      ).h;
    expect(jefe('sha256')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
    expect(jefe('sha384')).toMatch(/^af45d2e376484031617f78d2b58a6b1b/);
    expect(jefe('sha512')).toMatch(/^164b7a7bfcf819e2e395fbe73b56e0a3/);
    for (const [secretEncoding, secret] of [
      ['hex', '0b'.repeat(20)],
      ['base64', Buffer.alloc(20, 0x0b).toString('base64')],
    ] as const)
      expect(
        sign(
          { url: 'https://x.example.com/', body: 'Hi There' },
          { secret, secretEncoding, parts: ['body'], header: 'h' },
        ).h,
      ).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
  });

  test('every part stands where it was asked for, with the time and the nonce that are sent', () => {
    const headers = sign(
      {
        url: 'https://joe:pw@x.example.com:8443/a/b#here',
        method: 'PUT',
        query: { q: 1 },
        json: { a: 1 },
        headers: { 'X-Id': ' 7 ' },
      },
      {
        secret: 's',
        parts: [
          'method',
          'host',
          'path',
          'query',
          'pathAndQuery',
          'url',
          'timestamp',
          'nonce',
          { header: 'x-id' },
          { text: 'end' },
          'body',
        ],
        separator: '\n',
        encoding: 'base64',
        header: 'authorization',
        value: 'HMAC key-1:{timestamp}:{nonce}:{signature}',
        timestamp: 'milliseconds',
        timestampHeader: 'x-time',
        nonceHeader: 'x-nonce',
      },
    );
    const text =
      'PUT\nx.example.com:8443\n/a/b\nq=1\n/a/b?q=1\nhttps://x.example.com:8443/a/b?q=1\n1700000000123\nn-1\n7\nend\n{"a":1}';
    const signature = createHmac('sha256', 's').update(text).digest('base64');
    expect(headers).toEqual({
      'X-Id': ' 7 ',
      'content-type': 'application/json',
      'x-time': '1700000000123',
      'x-nonce': 'n-1',
      authorization: `HMAC key-1:1700000000123:n-1:${signature}`,
    });
  });

  test('bytes are signed as bytes, and a digest of the body in the encoding of the signature', () => {
    const body = Buffer.from([0, 255, 128]);
    const options = { secret: 's', header: 'h', encoding: 'base64url' } as const;
    expect(sign({ url: 'https://x.example.com/', body }, { ...options, parts: ['body'] }).h).toBe(
      createHmac('sha256', 's').update(body).digest('base64url'),
    );
    const empty = sign(
      { url: 'https://x.example.com/' },
      { ...options, parts: ['timestamp', 'bodyDigest'], timestamp: 'iso' },
    );
    expect(empty.h).toBe(
      createHmac('sha256', 's')
        .update('2023-11-14T22:13:20.123Z47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
        .digest('base64url'),
    );
  });

  test('a header that is to be signed and is missing fails instead of signing nothing', () => {
    expect(() =>
      sign({ url: 'https://x.example.com/' }, { secret: 's', header: 'h', parts: [{ header: 'x-gone' }] }),
    ).toThrow('"x-gone" is to be signed');
  });
});
