// From an answer to what a connector gives, and what a failure means.

import type { AnswerData } from '@sluice/protocol';
import type { Reading } from '../http/reading.ts';
import type { HttpResponse } from '../http/response.ts';

/** Text and bytes with their media type; JSON as a value; undefined when there is nothing. */
export type Answered =
  | { readonly json: unknown }
  | { readonly content: string | Uint8Array; readonly contentType: string }
  | undefined;

export function answerOf({ kind }: AnswerData, response: HttpResponse): Answered {
  const { bytes, headers, status } = response;
  if (kind === 'location') return { json: { status, location: String(headers['location'] ?? '') } };
  if (kind === 'none') return undefined;
  // Nothing, where something might be: the next step sees that.
  if (bytes.byteLength === 0) return { json: null };
  if (kind === 'json') return { json: response.json() };
  const contentType = String(headers['content-type'] ?? (kind === 'text' ? 'text/plain' : 'application/octet-stream'));
  return { content: kind === 'text' ? response.text() : bytes, contentType };
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  410: 'gone',
  412: 'precondition_failed',
  413: 'too_large',
  415: 'unsupported_type',
  422: 'invalid',
};

/** What most services say of a failure, wherever they put it. */
export function readFailure(key: string, response: HttpResponse): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const says = wordsIn(response);
  const code = `${key}.${NAMES[status] ?? `status_${status}`}`;
  // Some say "full" with 403.
  const full = status === 403 && (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined);
  return { code, ...(says === undefined ? {} : { says }), ...(full ? { verdict: 'limit' as const } : {}) };
}

function wordsIn(response: HttpResponse): string | undefined {
  if (!/json/i.test(String(response.headers['content-type'] ?? ''))) return undefined;
  let body: unknown;
  try {
    body = response.json();
  } catch {
    // Says it is JSON and is none: the sender shows its beginning.
    return undefined;
  }
  return words(body)?.slice(0, 2_000);
}

/** `detail` is of RFC 9457, the others are what services have made up. */
const PLACES = ['detail', 'message', 'error_description', 'error', 'errors', 'title', 'reason', 'description'] as const;

function words(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 3) return undefined;
  if (Array.isArray(value)) {
    const all = value.slice(0, 5).flatMap((one) => words(one, depth + 1) ?? []);
    return all.length > 0 ? all.join('; ') : undefined;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const place of PLACES) {
    const found = Object.hasOwn(members, place) ? words(members[place], depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
