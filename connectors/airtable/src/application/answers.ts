// What Airtable says of its answers: what is wrong comes in three forms, and how long to wait is a rule, not a header.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** After too many requests a base answers nobody for so long. */
const PAUSE_MS = 30_000;
/** The requests of a month are used up: asking each half minute would change nothing. */
const MONTHLY_PAUSE_MS = 3_600_000;

interface Told {
  readonly type?: string;
  readonly error?: string;
  readonly message?: string;
}

interface Problem {
  readonly error?: string | Told;
  readonly errors?: readonly Told[];
}

const CODES: Readonly<Record<number, string>> = {
  400: 'airtable.invalid',
  401: 'airtable.bad_credentials',
  402: 'airtable.not_in_plan',
  403: 'airtable.forbidden',
  404: 'airtable.not_found',
  413: 'airtable.too_large',
  422: 'airtable.invalid',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const told = toldIn(response);
  const says = told
    .map(({ type, error, message }) => [type ?? error, message].filter(Boolean).join(': '))
    .filter(Boolean)
    .join('; ');
  const code = CODES[status];
  const isOfTheMonth = told.some(({ type, error }) => (type ?? error) === 'PUBLIC_API_BILLING_LIMIT_EXCEEDED');
  return {
    ...(says && { says }),
    ...(code && { code }),
    ...(status === 429 &&
      headers['retry-after'] === undefined && { untilMs: now + (isOfTheMonth ? MONTHLY_PAUSE_MS : PAUSE_MS) }),
  };
}

function toldIn(response: HttpResponse): readonly Told[] {
  try {
    const { error, errors } = response.json<Problem | null>() ?? {};
    if (Array.isArray(errors)) return errors.filter((one) => typeof one === 'object' && one !== null);
    if (typeof error === 'string') return [{ type: error }];
    return typeof error === 'object' && error !== null ? [error] : [];
  } catch {
    return [];
  }
}
