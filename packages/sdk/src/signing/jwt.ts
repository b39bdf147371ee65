// A signed JWT (RFC 7519) as proof: asked for a token with it (RFC 7523), or sent as a bearer itself, as GitHub Apps do.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mergeHeaders } from '../http/headers.ts';
import { type HttpRequest, type SettledRequest, settle } from '../http/request.ts';
import { Fail } from '../step/errors.ts';
import type { Moment } from './moment.ts';

export interface JwtClaims {
  readonly algorithm: 'HS256' | 'HS384' | 'HS512' | 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA';
  /** HS: the secret. All others: the private key as PEM text, PKCS #8, PKCS #1 or SEC 1. */
  readonly key: string;
  /** Opens a key that is encrypted. */
  readonly passphrase?: string;
  /** Which of the keys, if the other side knows several (`kid`). */
  readonly keyId?: string;
  readonly issuer: string;
  readonly subject?: string;
  readonly audience?: string | readonly string[];
  /** Seconds from now; default 300. */
  readonly lifetimeS?: number;
  /** Seconds that the other side's clock may be behind: issued so much earlier; default 0. */
  readonly backdateS?: number;
  /** Further claims, such as `scope`. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/**
 * A signed JWT with `iss`, `sub`, `aud`, `iat`, `exp`, and the nonce as `jti`.
 * @throws Fail when the key cannot be used
 */
export async function jwtOf(claims: JwtClaims, { now, nonce }: Moment): Promise<string> {
  const { algorithm, keyId, issuer, subject, audience, lifetimeS = 300, backdateS = 0 } = claims;
  const nowS = Math.floor(now / 1000);
  const payload = {
    ...claims.claims,
    iss: issuer,
    ...(subject === undefined ? {} : { sub: subject }),
    ...(audience === undefined ? {} : { aud: audience }),
    iat: nowS - backdateS,
    exp: nowS + lifetimeS,
    jti: nonce,
  };
  const header = { alg: algorithm, typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const key = keyOf(claims);
  // Few services ask for one, and every worker would load it.
  const { SignJWT } = await import('jose');
  try {
    return await new SignJWT(payload as Record<string, unknown>).setProtectedHeader(header).sign(key);
  } catch {
    throw new Fail(`The key of the JWT does not fit ${algorithm}.`);
  }
}

/** The request with a JWT of its own as bearer. @throws Fail when the key cannot be used */
export async function signJwt(request: HttpRequest, claims: JwtClaims, moment: Moment): Promise<SettledRequest> {
  const settled = settle(request);
  const authorization = `Bearer ${await jwtOf(claims, moment)}`;
  return { ...settled, headers: mergeHeaders(settled.headers, { authorization }) };
}

/** Fields of the form that asks for a token with a JWT (RFC 7523, 2.1). */
export function assertionGrant(jwt: string): Record<string, string> {
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt };
}

/** Fields with which a client proves itself by a JWT in place of a secret (RFC 7523, 2.2). */
export function clientAssertion(jwt: string): Record<string, string> {
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  };
}

function keyOf({ algorithm, key, passphrase }: JwtClaims): Uint8Array | KeyObject {
  if (algorithm.startsWith('HS')) {
    if (key === '') throw new Fail('The secret of the JWT is empty.');
    return new TextEncoder().encode(key);
  }
  try {
    return createPrivateKey({ key, ...(passphrase && { passphrase }) });
  } catch {
    throw new Fail(
      'The private key of the JWT cannot be read. PEM text was expected, and its passphrase if it has one.',
    );
  }
}
