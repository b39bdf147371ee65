// What HubSpot says of its answers: `{category: 'OBJECT_NOT_FOUND', message}`, and for a limit which one it was.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** The day of an account ends at midnight where it is, which no answer says. */
const DAILY_PAUSE_MS = 3_600_000;
const ROLLING_PAUSE_MS = 10_000;

const CODES: Readonly<Record<number, string>> = {
  400: 'hubspot.validation_error',
  401: 'hubspot.invalid_authentication',
  403: 'hubspot.missing_scopes',
  404: 'hubspot.object_not_found',
  409: 'hubspot.conflict',
};

interface Problem {
  readonly category?: string;
  readonly message?: string;
  readonly policyName?: string;
  readonly errors?: readonly { readonly message?: string }[];
}

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { category, message, policyName, errors } = problemIn(response);
  const more = (Array.isArray(errors) ? errors : [])
    .map((one) => one?.message)
    .filter((text) => text && text !== message);
  const says = message === undefined ? {} : { says: [message, ...more].join('; ') };
  if (status === 429) return headers['retry-after'] ? says : { ...says, untilMs: now + pauseOf(policyName, headers) };
  // The account moves to another data centre, and a record that somebody else holds.
  if (status === 477) return { ...says, verdict: 'limit' };
  if (status === 423) return { ...says, verdict: 'redeliver' };
  const code = category ? `hubspot.${category.toLowerCase()}` : CODES[status];
  return { ...says, ...(code && { code }) };
}

function pauseOf(policy: string | undefined, headers: HttpResponse['headers']): number {
  if (policy === 'DAILY') return DAILY_PAUSE_MS;
  if (policy === 'SECONDLY') return 1_000;
  const interval = Number(headers['x-hubspot-ratelimit-interval-milliseconds']);
  return interval > 0 ? interval : ROLLING_PAUSE_MS;
}

function problemIn(response: HttpResponse): Problem {
  try {
    return response.json<Problem | null>() ?? {};
  } catch {
    return {};
  }
}
