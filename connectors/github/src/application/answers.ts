// What GitHub says of its answers: a used-up limit comes with 403 as well as 429, and what is wrong stands in the body.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** What GitHub asks to wait when it does not say how long. */
const SECONDARY_PAUSE_MS = 60_000;

interface Problem {
  readonly message?: string;
  readonly errors?: readonly (string | { resource?: string; field?: string; code?: string; message?: string })[];
}

const CODES: Readonly<Record<number, string>> = {
  401: 'github.bad_credentials',
  403: 'github.forbidden',
  404: 'github.not_found',
  405: 'github.not_allowed',
  409: 'github.conflict',
  410: 'github.gone',
  422: 'github.invalid',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status >= 300 && status < 400) return { code: 'github.moved' };
  if (status < 300) return undefined;
  const { message, errors = [] } = problemIn(response);
  const says = message === undefined ? {} : { says: [message, ...errors.map(inWords)].join('; ') };
  if (status === 403 || status === 429) {
    const untilMs = freeAgain(headers, now, message ?? '');
    if (untilMs !== null) return { ...says, verdict: 'limit', untilMs };
  }
  const code = CODES[status];
  return { ...says, ...(code && { code }) };
}

/** @returns epoch ms, or null when this is no matter of limits */
function freeAgain(headers: HttpResponse['headers'], now: number, message: string): number | null {
  const after = Number(headers['retry-after']);
  if (after > 0) return now + after * 1_000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0) return reset * 1_000;
  return /rate limit/i.test(message) ? now + SECONDARY_PAUSE_MS : null;
}

function problemIn(response: HttpResponse): Problem {
  try {
    const problem = response.json<Problem | null>();
    return { ...problem, errors: Array.isArray(problem?.errors) ? problem.errors : [] };
  } catch {
    return {};
  }
}

function inWords(error: NonNullable<Problem['errors']>[number]): string {
  if (typeof error === 'string') return error;
  const { resource = '', field = '', code = '', message } = error;
  return message ?? `${[resource, field].filter(Boolean).join('.')} ${code}`;
}
