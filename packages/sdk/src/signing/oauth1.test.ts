import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type HttpRequest, type Oauth1Credentials, signOauth1 } from '../index.ts';

const PHOTOS = { consumerKey: 'dpf43f3p2l4k3l03', consumerSecret: 'kd94hf93k423kf44', realm: 'Photos', version: false };
const EXAMPLE = {
  consumerKey: '9djdj82h48djs9d2',
  consumerSecret: 'j49sk3j29djd',
  token: 'kkk9d7dh3k39sjv7',
  tokenSecret: 'dh893hdasih9',
  version: false,
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const header = (request: HttpRequest, credentials: Oauth1Credentials, seconds = 137131201, nonce = '7d8f3e4a') =>
  signOauth1(request, credentials, { now: seconds * 1000 + 999, nonce }).headers.authorization!;
const signatureOf = (...asked: Parameters<typeof header>): string =>
  decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header(...asked))![1]!);

describe('OAuth 1.0a', () => {
  test('RFC 5849, 1.2: the temporary token, and a photo for it', () => {
    expect(
      header(
        { url: 'https://photos.example.net/initiate', method: 'POST' },
        { ...PHOTOS, callback: 'http://printer.example.com/ready' },
        137131200,
        'wIjqoS',
      ),
    ).toBe(
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", ' +
        'oauth_timestamp="137131200", oauth_nonce="wIjqoS", ' +
        'oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
    );
    const photo = { url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' };
    const credentials = { ...PHOTOS, token: 'nnch734d00sl2jdk', tokenSecret: 'pfkkdhi9sl3r4s00' };
    expect(signatureOf(photo, credentials, 137131202, 'chapoH')).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
  });

  test('RFC 5849, 3.4.1 with erratum 2550: duplicates, encoded names, a form', () => {
    const url = 'http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b';
    expect(signatureOf({ url, method: 'POST', body: 'c2&a3=2+q', headers: FORM }, EXAMPLE)).toBe(
      'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    );
    const bytes = {
      body: Buffer.from('c2&a3=2+q'),
      headers: { 'Content-Type': `${FORM['content-type']}; charset=UTF-8` },
    };
    expect(signatureOf({ url, ...bytes }, EXAMPLE)).toBe('r6/TJjbCOr97/+UU0NsvSne7s5g=');
  });

  test('the example of X: a status with everything that must be encoded', () => {
    const credentials = {
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    };
    const body = 'status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21';
    const asked = [credentials, 1318622958, 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg'] as const;
    const post = { method: 'POST', body, headers: FORM } as const;
    const sign = (version: string) =>
      signatureOf(
        { url: `https://api.twitter.com/${version}/statuses/update.json?include_entities=true`, ...post },
        ...asked,
      );
    expect(sign('1')).toBe('tnnArxj06cWHq44gCs1OSKk/jLY=');
    expect(sign('1.1')).toBe('hCtSmYh+iHYCEqBWrE7C7hYmtUk=');
  });

  test('a body that is no form is not signed, and is sent as it is', () => {
    const url = 'http://example.com/request';
    const plain = signatureOf({ url, method: 'POST' }, EXAMPLE);
    expect(signatureOf({ url, json: { a: 1 } }, EXAMPLE)).toBe(plain);
    expect(signOauth1({ url, json: { a: 1 } }, EXAMPLE, { now: 0, nonce: 'n' })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(signatureOf({ url, body: 'a=1', headers: FORM }, EXAMPLE)).not.toBe(plain);
  });

  test('a query beside the URL is signed like one in it, and bytes that are no text keep their value', () => {
    const url = 'http://example.com/request';
    expect(signatureOf({ url, query: { a: 'b c', d: 1 } }, EXAMPLE)).toBe(
      signatureOf({ url: `${url}?d=1&a=b%20c` }, EXAMPLE),
    );
    expect(signatureOf({ url: `${url}?a=%FF` }, EXAMPLE)).not.toBe(signatureOf({ url: `${url}?a=%FE` }, EXAMPLE));
  });

  test('RSA-SHA1 is verified by the public key over the base string of RFC 5849, 3.4.1.1', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ format: 'pem', type: 'pkcs1' }) as string;
    const signature = signatureOf(
      {
        url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
        method: 'POST',
        body: 'c2&a3=2+q',
        headers: FORM,
      },
      { ...EXAMPLE, signatureMethod: 'RSA-SHA1', privateKey: pem },
    );
    const base =
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2' +
      '%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DRSA-SHA1' +
      '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7';
    const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
    expect(verify('sha1', Buffer.from(base), key, Buffer.from(signature, 'base64'))).toBe(true);
    expect(() =>
      header({ url: 'http://x.example.com' }, { ...EXAMPLE, signatureMethod: 'RSA-SHA1', privateKey: 's3cr3t' }),
    ).toThrow(/^The private key of OAuth 1.0a cannot be used. An RSA key as PEM text was expected.$/);
  });

  test('RFC 5849, 3.4.4: PLAINTEXT sends the encoded secrets, and never without TLS', () => {
    const plain = { ...EXAMPLE, consumerSecret: 'a&b', signatureMethod: 'PLAINTEXT' } as const;
    expect(signatureOf({ url: 'https://example.com/' }, plain)).toBe('a%26b&dh893hdasih9');
    expect(() => header({ url: 'http://example.com/' }, plain)).toThrow('https:');
  });
});
