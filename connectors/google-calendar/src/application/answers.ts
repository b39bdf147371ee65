// What Google says of its answers: the reason in words; a used-up quota comes with 403 as well, and names no time.

import { faults, type HttpResponse, type Reading } from '@sluice/sdk';

/** Quotas are of one minute. */
const PAUSE_MS = 60_000;
const FULL = ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'];

interface Problem {
  readonly error?: {
    readonly message?: string;
    readonly errors?: readonly { readonly reason?: string }[];
  };
}

const usual = faults<Problem>('google-calendar', { says: ({ error }) => [error?.errors?.[0]?.reason, error?.message] });

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const reading = usual(response, now);
  if (response.status !== 403 || !FULL.some((reason) => reading?.says?.startsWith(reason))) return reading;
  return {
    ...reading,
    verdict: 'limit',
    ...(response.headers['retry-after'] === undefined && { untilMs: now + PAUSE_MS }),
  };
}
