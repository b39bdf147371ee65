// What Pipedrive says of its answers: the reason in words, and in how many seconds a used-up limit is free again.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** How long to wait when Pipedrive does not say it: the budget of a day names no time. */
const PAUSE_MS = 60_000;

interface Problem {
  readonly error?: string;
  readonly error_info?: string;
  /** Such as `ERR_SCHEMA_VALIDATION_FAILED`. */
  readonly code?: string;
}

const CODES: Readonly<Record<number, string>> = {
  400: 'pipedrive.invalid',
  401: 'pipedrive.bad_credentials',
  402: 'pipedrive.not_in_plan',
  403: 'pipedrive.forbidden',
  404: 'pipedrive.not_found',
  405: 'pipedrive.not_allowed',
  409: 'pipedrive.conflict',
  410: 'pipedrive.gone',
  413: 'pipedrive.too_large',
  422: 'pipedrive.invalid',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { error, error_info: more, code: name } = problemIn(response);
  const says = [error, more, name].filter((part) => typeof part === 'string' && part !== '').join('; ');
  const code = CODES[status];
  return {
    ...(says && { says }),
    ...(code && { code }),
    ...(status === 429 && headers['retry-after'] === undefined && { untilMs: now + pauseOf(headers) }),
  };
}

function pauseOf(headers: HttpResponse['headers']): number {
  const seconds = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return seconds >= 0 ? seconds * 1_000 : PAUSE_MS;
}

function problemIn(response: HttpResponse): Problem {
  try {
    return response.json<Problem | null>() ?? {};
  } catch {
    return {};
  }
}
