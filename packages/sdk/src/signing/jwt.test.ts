import { createHmac, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assertionGrant, clientAssertion, type JwtClaims, jwtOf, signJwt } from '../index.ts';

const MOMENT = { now: 1_700_000_000_999, nonce: 'id-1' };
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8') =>
  key.export({ format: 'pem', type }) as string;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');

/** By the library of Node.js, not by the one that signs. */
function verified(jwt: string, digest: string | null, key: KeyObject, dsaEncoding?: 'ieee-p1363') {
  const [header, payload, signature] = jwt.split('.') as [string, string, string];
  const options = { key, ...(dsaEncoding && { dsaEncoding }) };
  if (!verify(digest, Buffer.from(`${header}.${payload}`), options, Buffer.from(signature, 'base64url'))) return null;
  return [header, payload].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
}

describe('a JWT as proof', () => {
  test('RS256 with all claims, from keys as services hand them out', async () => {
    const claims: JwtClaims = {
      algorithm: 'RS256',
      key: pem(rsa.privateKey),
      keyId: 'k-1',
      issuer: 'app',
      subject: 'joe@example.com',
      audience: 'https://as.example.com/token',
      claims: { scope: 'read', iss: 'not this one' },
    };
    const wanted = [
      { alg: 'RS256', typ: 'JWT', kid: 'k-1' },
      {
        scope: 'read',
        iss: 'app',
        sub: 'joe@example.com',
        aud: 'https://as.example.com/token',
        iat: 1_700_000_000,
        exp: 1_700_000_300,
        jti: 'id-1',
      },
    ];
    expect(verified(await jwtOf(claims, MOMENT), 'sha256', rsa.publicKey)).toEqual(wanted);
    const pkcs1 = { ...claims, key: pem(rsa.privateKey, 'pkcs1') };
    expect(verified(await jwtOf(pkcs1, MOMENT), 'sha256', rsa.publicKey)).toEqual(wanted);
  });

  test('as a GitHub App does: issued a little earlier, gone after minutes', async () => {
    const request = await signJwt(
      { url: 'https://api.github.com/app' },
      { algorithm: 'RS256', key: pem(rsa.privateKey, 'pkcs1'), issuer: '12345', backdateS: 60, lifetimeS: 540 },
      MOMENT,
    );
    const [, payload] = verified(request.headers.authorization!.slice('Bearer '.length), 'sha256', rsa.publicKey)!;
    expect(payload).toEqual({ iss: '12345', iat: 1_699_999_940, exp: 1_700_000_540, jti: 'id-1' });
  });

  test('ES256, EdDSA and HS256', async () => {
    const es = await jwtOf({ algorithm: 'ES256', key: pem(ec.privateKey, 'sec1'), issuer: 'app' }, MOMENT);
    expect(verified(es, 'sha256', ec.publicKey, 'ieee-p1363')?.[0]).toEqual({ alg: 'ES256', typ: 'JWT' });
    const eddsa = await jwtOf({ algorithm: 'EdDSA', key: pem(ed.privateKey), issuer: 'app' }, MOMENT);
    expect(verified(eddsa, null, ed.publicKey)?.[0]).toEqual({ alg: 'EdDSA', typ: 'JWT' });
    const hs = await jwtOf({ algorithm: 'HS256', key: 'short', issuer: 'app', audience: ['a', 'b'] }, MOMENT);
    const [header, payload, signature] = hs.split('.');
    expect(createHmac('sha256', 'short').update(`${header}.${payload}`).digest('base64url')).toBe(signature);
  });

  test('a key under a passphrase', async () => {
    const key = rsa.privateKey.export({
      format: 'pem',
      type: 'pkcs8',
      cipher: 'aes-256-cbc',
      passphrase: 'open',
    }) as string;
    const claims: JwtClaims = { algorithm: 'PS256', key, issuer: 'app' };
    expect((await jwtOf({ ...claims, passphrase: 'open' }, MOMENT)).split('.')).toHaveLength(3);
    await expect(jwtOf({ ...claims, passphrase: 'wrong' }, MOMENT)).rejects.toThrow('and its passphrase');
  });

  test('a key that does not fit fails with what is wrong, and without the key', async () => {
    const cases: [JwtClaims['algorithm'], string, string][] = [
      ['RS256', 's3cr3t-no-key', 'cannot be read'],
      ['ES256', pem(rsa.privateKey), 'does not fit ES256'],
      ['HS256', '', 'is empty'],
    ];
    for (const [algorithm, key, reason] of cases) {
      const failed = await jwtOf({ algorithm, key, issuer: 'app' }, MOMENT).catch((error: Error) => error);
      expect(failed).toMatchObject({ name: 'Fail', message: expect.stringContaining(reason) });
      expect((failed as Error).message).not.toMatch(/s3cr3t|PRIVATE/);
    }
  });

  test('RFC 7523: fields that ask for a token, and fields that prove a client', () => {
    expect(new URLSearchParams({ ...assertionGrant('j'), ...clientAssertion('c') }).toString()).toBe(
      'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=j' +
        '&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=c',
    );
  });
});
