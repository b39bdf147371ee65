// What Google says of its answers: the status by name and the reason in words; a used-up quota names no time.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** Quotas are of one minute. */
const PAUSE_MS = 60_000;

interface Problem {
  readonly error?: {
    readonly message?: string;
    /** Such as `NOT_FOUND`. */
    readonly status?: string;
    readonly details?: readonly { readonly reason?: string }[];
  };
}

const CODES: Readonly<Record<number, string>> = {
  400: 'google-sheets.invalid',
  401: 'google-sheets.bad_credentials',
  403: 'google-sheets.forbidden',
  404: 'google-sheets.not_found',
  409: 'google-sheets.conflict',
  413: 'google-sheets.too_large',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { message, status: name, details } = problemIn(response);
  const says = message === undefined ? {} : { says: name ? `${name}: ${message}` : message };
  // A quota of the project comes with 403 in older answers.
  const isFull = status === 429 || (status === 403 && reasonsIn(details).includes('RATE_LIMIT_EXCEEDED'));
  if (isFull)
    return { ...says, verdict: 'limit', ...(headers['retry-after'] === undefined && { untilMs: now + PAUSE_MS }) };
  const code = CODES[status];
  return { ...says, ...(code && { code }) };
}

function problemIn(response: HttpResponse): NonNullable<Problem['error']> {
  try {
    const { error } = response.json<Problem | null>() ?? {};
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}

const reasonsIn = (details: unknown): unknown[] =>
  Array.isArray(details) ? details.map((detail: { reason?: unknown } | null) => detail?.reason) : [];
