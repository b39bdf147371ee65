// A signature by HMAC as a service of its own invention wants it: which parts, in which order, where it stands.

import { createHash, createHmac } from 'node:crypto';
import { headerOf, mergeHeaders } from '../http/headers.ts';
import { type HttpRequest, type SettledRequest, settle } from '../http/request.ts';
import { Fail } from '../step/errors.ts';
import type { Moment } from './moment.ts';

/** `query` without its question mark; `bodyDigest` in the digest and encoding of the signature. */
export type HmacPart =
  | 'method'
  | 'url'
  | 'host'
  | 'path'
  | 'query'
  | 'pathAndQuery'
  | 'timestamp'
  | 'nonce'
  | 'body'
  | 'bodyDigest'
  | { readonly header: string }
  | { readonly text: string };

export interface HmacSigning {
  readonly secret: string;
  /** How the secret is written; default `utf8`. */
  readonly secretEncoding?: 'utf8' | 'base64' | 'hex';
  /** Default `sha256`. */
  readonly digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  /** Default `hex`. */
  readonly encoding?: 'hex' | 'base64' | 'base64url';
  /** What is signed, in this order. */
  readonly parts: readonly HmacPart[];
  /** Between the parts; default nothing. */
  readonly separator?: string;
  /** Where the signature stands. */
  readonly header: string;
  /** What stands there: `{signature}`, `{timestamp}` and `{nonce}` are filled in; default `{signature}`. */
  readonly value?: string;
  /** Default `seconds`, since the epoch. */
  readonly timestamp?: 'seconds' | 'milliseconds' | 'iso';
  readonly timestampHeader?: string;
  readonly nonceHeader?: string;
}

/**
 * The request with its signature.
 * @throws Fail when a header that is to be signed is missing
 */
export function signHmac(request: HttpRequest, signing: HmacSigning, moment: Moment): SettledRequest {
  const { secret, secretEncoding = 'utf8', digest = 'sha256', encoding = 'hex', separator = '' } = signing;
  const settled = settle(request);
  const timestamp = timestampOf(moment.now, signing.timestamp);
  const headers = mergeHeaders(settled.headers, {
    ...(signing.timestampHeader && { [signing.timestampHeader]: timestamp }),
    ...(signing.nonceHeader && { [signing.nonceHeader]: moment.nonce }),
  });
  const hmac = createHmac(digest, Buffer.from(secret, secretEncoding));
  for (const [index, part] of signing.parts.entries()) {
    if (index > 0) hmac.update(separator);
    hmac.update(bytesOf(part));
  }
  const signature = hmac.digest(encoding);
  const fill: Record<string, string> = { signature, timestamp, nonce: moment.nonce };
  const value = (signing.value ?? '{signature}').replace(/\{(signature|timestamp|nonce)\}/g, (_, name) => fill[name]!);
  return { ...settled, headers: mergeHeaders(headers, { [signing.header]: value }) };

  function bytesOf(part: HmacPart): string | Uint8Array {
    const { origin, host, pathname, search } = new URL(settled.url);
    const { method, body = '' } = settled;
    if (typeof part === 'object') return 'text' in part ? part.text : headerToSign(part.header);
    switch (part) {
      case 'method':
        return method.toUpperCase();
      case 'url':
        return origin + pathname + search;
      case 'host':
        return host;
      case 'path':
        return pathname;
      case 'query':
        return search.slice(1);
      case 'pathAndQuery':
        return pathname + search;
      case 'timestamp':
        return timestamp;
      case 'nonce':
        return moment.nonce;
      case 'body':
        return body;
      case 'bodyDigest':
        return createHash(digest).update(body).digest(encoding);
    }
  }

  function headerToSign(name: string): string {
    const value = headerOf({ host: new URL(settled.url).host, ...headers }, name.toLowerCase());
    if (value === undefined) throw new Fail(`The header "${name}" is to be signed, but the request has none.`);
    return value.trim();
  }
}

function timestampOf(now: number, format: HmacSigning['timestamp'] = 'seconds'): string {
  if (format === 'iso') return new Date(now).toISOString();
  return String(format === 'seconds' ? Math.floor(now / 1000) : now);
}
