import { describe, expect, test } from 'vitest';
import { isSecretName, maskHeaders, maskSent, maskText, maskUrl } from '../index.ts';

const URL_PLAIN = new URL('https://x.example.com/');
const sent = (text: string, { headers = {}, url = URL_PLAIN, body = null as string | null }) =>
  maskSent(text, headers, url, body);

describe('masking', () => {
  test.each([
    'https://x.example.com/?X-Amz-Signature=s3cr3t-value&X-Amz-Credential=s3cr3t-value&X-Amz-Security-Token=s3cr3t-value',
    'https://x.example.com/?sig=s3cr3t-value&hmac=s3cr3t-value&key=s3cr3t-value&jwt=s3cr3t-value',
    'https://x.example.com/back?code=s3cr3t-value&state=xyz',
    'https://x.example.com/?oauth_signature=s3cr3t-value&oauth_token=s3cr3t-value',
    'https://joe:s3cr3t-value@x.example.com/',
    'https://x.example.com/bot123456:s3cr3t-value-s3cr3t-value/sendMessage',
  ])('a URL keeps no secret parameter: %s', (url) => expect(maskUrl(new URL(url))).not.toContain('s3cr3t'));

  test('what only looks like a secret stays readable', () => {
    expect(maskUrl(new URL('https://x.example.com/?code=EUR&author=joe&design=new&state=open&page=2'))).toContain(
      '?code=***&author=joe&design=new&state=open&page=2',
    );
    expect(maskUrl(new URL('https://x.example.com/?code=EUR&author=joe'))).toContain('?code=EUR&author=joe');
    expect(maskText('{"token_type":"bearer","code":"not_found","error":"invalid_token"}')).toBe(
      '{"token_type":"bearer","code":"not_found","error":"invalid_token"}',
    );
    expect(maskText('Invalid token: expired. Password: required')).toBe('Invalid token: expired. Password: required');
    expect(maskText('{"token":null,"secret": true}')).toBe('{"token":null,"secret": true}');
    expect(isSecretName('author')).toBe(false);
  });

  test('headers of signatures are secret, by every usual name', () => {
    const names = [
      'authorization',
      'Signature',
      'x-hub-signature-256',
      'X-Shop-Hmac',
      'x-sign',
      'x-amz-security-token',
    ];
    expect(Object.values(maskHeaders(Object.fromEntries(names.map((name) => [name, 'v']))))).toEqual(
      names.map(() => '***'),
    );
  });

  test.each([
    ['Basic am9lOnAwMTpzM2NyZXQ=', 'wrong password p01:s3cret', 's3cret'],
    ['Bearer tok-12345', 'token tok-12345', '12345'],
    [
      'OAuth realm="R",oauth_token="t%2B0k%3D1",oauth_signature="s%2Fig%3D"',
      'no t+0k=1, no s/ig=, no s%2Fig%3D',
      /0k|ig=|ig%/,
    ],
    [
      'AWS4-HMAC-SHA256 Credential=AKID/2020/x, SignedHeaders=host;x, Signature=abcdef12',
      'not abcdef12, host;x',
      'abcdef',
    ],
  ])('what is repeated of a header is masked: %s', (authorization, said, secret) => {
    expect(sent(said, { headers: { authorization } })).not.toMatch(secret);
  });

  test('what is no secret of a proof stays readable', () => {
    const authorization = 'OAuth oauth_signature_method="HMAC-SHA1",oauth_timestamp="1371312000",oauth_version="1.0"';
    const said = 'HMAC-SHA1 is not allowed, 1371312000 is too old';
    expect(sent(said, { headers: { authorization } })).toBe(said);
  });

  test.each([
    'grant_type=authorization_code&code=c0de%2Fone&client_secret=s%3Acret+one&code_verifier=v3rifier',
    '{"grant_type":"x","code":"c0de/one","client_secret":"s:cret one","in":[{"code_verifier":"v3rifier"}]}',
  ])('what is repeated of a body is masked: %s', (body) => {
    const said = 'no c0de/one, c0de%2Fone, s:cret one, s%3Acret+one, s%3Acret%20one, v3rifier; authorization_code';
    expect(sent(said, { body })).toBe('no ***, ***, ***, ***, ***, ***; authorization_code');
  });

  test('an article code that was sent is no secret', () => {
    expect(sent('no article A-1000', { body: '{"code":"A-1000"}' })).toBe('no article A-1000');
  });

  test.each([
    '{"access_token":"s3cr3t v\\"al","x":1}',
    '{"detail":"{\\"refresh_token\\":\\"s3cr3t\\"}"}',
    "{'client_secret': 's3cr3t'}",
    'a=1&client_assertion=s3cr3t&b=2',
    'OAuth oauth_signature="s3cr3t"',
    'token: s3cr3t-and-rather-long-1',
    '<wsse:Password Type="text">s3cr3t</wsse:Password>',
    '-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\n-----END RSA PRIVATE KEY-----',
  ])('a text keeps no value that it calls secret itself: %s', (text) => {
    expect(maskText(text)).not.toContain('s3cr3t');
    expect(maskText(text)).not.toContain('v\\"al');
    expect(maskText(text)).toContain('***');
  });

  test('hostile text is masked in time in proportion to its length', () => {
    // The smallest of several: another program that wants the processor makes a run longer, never shorter.
    const took = (text: string): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const started = performance.now();
          maskText(text);
          return performance.now() - started;
        }),
      );
    for (const part of ['token', 'a', '<token ', 'token="\\', 'token:   ', '-----BEGIN PRIVATE KEY-----']) {
      took(part.repeat(1_000)); // warm
      const small = Math.max(took(part.repeat(5_000)), 2);
      expect(took(part.repeat(80_000)), part).toBeLessThan(small * 100); // 16 times the length; squared would be 256
    }
  });

  test('a body that is nested without end, or no form at all, is no problem', () => {
    expect(sent('x', { body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` })).toBe('x');
    expect(sent('x', { body: '{"broken' })).toBe('x');
    expect(sent('\ud800', { body: 'client_secret=%ff%fe\ud800abc' })).toBe('\ud800');
  });
});
