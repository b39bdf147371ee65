// OAuth 1.0a (RFC 5849): a request that proves an application and the person it acts for, by a signature over method,
// URL and parameters.

import { createHmac, sign } from 'node:crypto';
import { headerOf, mergeHeaders } from '../http/headers.ts';
import { type HttpRequest, type SettledRequest, settle } from '../http/request.ts';
import { Fail } from '../step/errors.ts';
import { encoded, pairsOf, sortedPairs } from './encoding.ts';
import type { Moment } from './moment.ts';

export interface Oauth1Credentials {
  readonly consumerKey: string;
  readonly consumerSecret?: string;
  readonly token?: string;
  readonly tokenSecret?: string;
  /** Default HMAC-SHA1. PLAINTEXT sends the secrets themselves: over https only. */
  readonly signatureMethod?: 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'PLAINTEXT';
  /** PEM text, for RSA-SHA1. */
  readonly privateKey?: string;
  readonly realm?: string;
  /** Where the person comes back to, when a temporary token is asked for; `oob` for nowhere. */
  readonly callback?: string;
  /** What the person brought back, when the token is asked for. */
  readonly verifier?: string;
  /** Whether to send `oauth_version`, which is optional; default true. */
  readonly version?: boolean;
}

/**
 * The request with an `Authorization: OAuth` header. Parameters of the URL and of a form are signed, other bodies are not.
 * @throws Fail when the private key cannot be used, or secrets would go out unprotected
 */
export function signOauth1(request: HttpRequest, credentials: Oauth1Credentials, moment: Moment): SettledRequest {
  const settled = settle(request);
  const { signatureMethod = 'HMAC-SHA1', token, realm, callback, verifier, version = true } = credentials;
  const own: [string, string][] = [
    ['oauth_consumer_key', credentials.consumerKey],
    ...(token === undefined ? [] : [['oauth_token', token] as [string, string]]),
    ['oauth_signature_method', signatureMethod],
    ['oauth_timestamp', String(Math.floor(moment.now / 1000))],
    ['oauth_nonce', moment.nonce],
    ...(version ? [['oauth_version', '1.0'] as [string, string]] : []),
    ...(callback === undefined ? [] : [['oauth_callback', callback] as [string, string]]),
    ...(verifier === undefined ? [] : [['oauth_verifier', verifier] as [string, string]]),
  ];
  const all = [...(realm === undefined ? [] : [['realm', realm]]), ...own, ['oauth_signature', signature()]];
  const header = all.map(([name, value]) => `${name}="${encoded(value!)}"`).join(', ');
  return { ...settled, headers: mergeHeaders(settled.headers, { authorization: `OAuth ${header}` }) };

  function signature(): string {
    const key = `${encoded(credentials.consumerSecret ?? '')}&${encoded(credentials.tokenSecret ?? '')}`;
    switch (signatureMethod) {
      case 'HMAC-SHA1':
        return createHmac('sha1', key).update(baseString(settled, own)).digest('base64');
      case 'HMAC-SHA256':
        return createHmac('sha256', key).update(baseString(settled, own)).digest('base64');
      case 'RSA-SHA1':
        return rsaSha1(baseString(settled, own), credentials.privateKey);
      case 'PLAINTEXT':
        if (!settled.url.startsWith('https:')) throw new Fail('OAuth 1.0a with PLAINTEXT needs a URL with https:.');
        return key;
    }
  }
}

/** What is signed (RFC 5849, 3.4.1). */
function baseString({ method, url, headers, body = '' }: SettledRequest, own: readonly [string, string][]): string {
  const { origin, pathname, search } = new URL(url);
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headerOf(headers, 'content-type') ?? '');
  const form = isForm ? (typeof body === 'string' ? body : Buffer.from(body).toString('utf8')) : '';
  const bytes = own.map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')] as const);
  const parameters = sortedPairs([...pairsOf(search.slice(1)), ...pairsOf(form), ...bytes]);
  return [method.toUpperCase(), encoded(origin + pathname), encoded(parameters)].join('&');
}

function rsaSha1(base: string, privateKey = ''): string {
  try {
    return sign('sha1', Buffer.from(base), privateKey).toString('base64');
  } catch {
    throw new Fail('The private key of OAuth 1.0a cannot be used. An RSA key as PEM text was expected.');
  }
}
