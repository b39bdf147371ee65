// Conditional requests (RFC 9110, section 13): has the client the answer already?

import { createHash } from 'node:crypto';
import type { Answer } from '../../exchange/exchange.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A name for content that has none. Weak: other bytes may mean the same. */
export const etagOf = (bytes: Uint8Array): string =>
  `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;

/** `If-None-Match` decides when it is there; `If-Modified-Since` only without it. */
export function isUnchanged(request: Headers, answer: Headers): boolean {
  const { etag, 'last-modified': modified } = answer;
  const names = request['if-none-match'];
  if (names !== undefined) {
    if (String(names).trim() === '*') return true;
    return (
      etag !== undefined &&
      String(names)
        .split(',')
        .some((name) => strong(name) === strong(String(etag)))
    );
  }
  const since = request['if-modified-since'];
  if (since === undefined || modified === undefined) return false;
  return Date.parse(String(modified)) <= Date.parse(String(since));
}

const strong = (name: string): string => name.trim().replace(/^W\//, '');

/** Only what a 304 has to say; its content is the client's. */
export function notModified(headers: Answer['headers']): Answer {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('content-') || name === 'content-location');
  return { status: 304, headers: Object.fromEntries(kept), body: null };
}
