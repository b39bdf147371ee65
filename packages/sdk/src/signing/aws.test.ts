import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AwsCredentials, type HttpRequest, signAws } from '../index.ts';

// Published by AWS: the Signature Version 4 test suite, and the examples of the S3 API reference.
const SUITE = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};
const S3 = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 's3',
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const signed = (request: HttpRequest, credentials: AwsCredentials, time: string) =>
  signAws(request, credentials, { now: Date.parse(time) });
const signatureOf = (...asked: Parameters<typeof signed>): string =>
  /Signature=(\w+)$/.exec(signed(...asked).headers.authorization!)![1]!;

describe('AWS Signature Version 4', () => {
  const suite: [name: string, request: HttpRequest, signature: string][] = [
    ['get-vanilla', { url: '/' }, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { url: '/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-vanilla-empty-query-key',
      { url: '/?Param1=value1' },
      'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
    ],
    [
      'get-vanilla-query-unreserved',
      {
        url: '/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
      },
      '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
    ],
    [
      'get-header-value-trim',
      { url: '/', headers: { 'My-Header1': ' value1', 'My-Header2': ' "a   b   c"' } },
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    ['post-vanilla', { url: '/', method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-x-www-form-urlencoded',
      { url: '/', body: 'Param1=value1', headers: FORM },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'get-relative-relative and get-slashes',
      { url: '/example1/example2/../..//' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
  ];
  test.each(suite)('test suite of AWS: %s', (_, request, signature) => {
    const url = `https://example.amazonaws.com${request.url}`;
    expect(signatureOf({ ...request, url }, SUITE, '2015-08-30T12:36:00Z')).toBe(signature);
  });

  test('test suite of AWS: get-vanilla, the whole header', () => {
    const { headers } = signed({ url: 'https://example.amazonaws.com/' }, SUITE, '2015-08-30T12:36:00Z');
    expect(headers).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    });
  });

  const bucket = 'https://examplebucket.s3.amazonaws.com';
  const s3: [name: string, request: HttpRequest, signature: string][] = [
    [
      'GET Object',
      { url: `${bucket}/test.txt`, headers: { Range: 'bytes=0-9' } },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT Object',
      {
        url: `${bucket}/test$file.text`,
        method: 'PUT',
        body: 'Welcome to Amazon S3.',
        headers: { Date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET Bucket Lifecycle',
      { url: `${bucket}/?lifecycle` },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'List Objects',
      { url: `${bucket}/`, query: { 'max-keys': 2, prefix: 'J' } },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ];
  test.each(s3)('S3 API reference: %s', (_, request, signature) => {
    expect(signatureOf(request, S3, '2013-05-24T00:00:00Z')).toBe(signature);
  });

  test('what is sent is spelled as it is signed: a key and a query have one reading', () => {
    const { url } = signed({ url: `${bucket}/a+b/ü$ (1)//x?q=a+b&flag&r='` }, S3, '2013-05-24T00:00:00Z');
    expect(url).toBe(`${bucket}/a%2Bb/%C3%BC%24%20%281%29//x?q=a%20b&flag&r=%27`);
    expect(signed({ url }, S3, '2013-05-24T00:00:00Z').url).toBe(url);
  });

  test('whatever a key or a query holds is spelled once and for all, and means the same', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const asked = new URL(`${bucket}${path}?${query}`);
        const sent = new URL(signed({ url: asked.href }, S3, '2013-05-24T00:00:00Z').url);
        expect(signed({ url: sent.href }, S3, '2013-05-24T00:00:00Z').url).toBe(sent.href);
        expect(decodeURIComponent(sent.pathname)).toBe(decodeURIComponent(asked.pathname));
        const named = (url: URL) => [...url.searchParams].filter(([name, value]) => name + value !== '');
        expect(named(sent)).toEqual(named(asked));
      }),
    );
  });

  test('temporary credentials and a body that is not signed say so in headers', () => {
    const credentials = { ...S3, sessionToken: 'session', unsignedPayload: true };
    const { headers, body } = signed({ url: `${bucket}/x`, method: 'PUT', json: { a: 1 } }, credentials, '2013-05-24');
    expect(body).toBe('{"a":1}');
    expect(headers).toMatchObject({
      'x-amz-security-token': 'session',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringContaining(
        'SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
      ),
    });
  });
});
