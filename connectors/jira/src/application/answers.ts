// What Jira says of its answers: what is wrong stands in two members, and a used-up limit may name its end as a time.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** How long to wait when Jira does not say it. */
const PAUSE_MS = 30_000;

interface Problem {
  readonly errorMessages?: readonly string[];
  /** By field. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Of the gateway in front of the sites. */
  readonly message?: string;
}

const CODES: Readonly<Record<number, string>> = {
  400: 'jira.invalid',
  401: 'jira.bad_credentials',
  403: 'jira.forbidden',
  404: 'jira.not_found',
  409: 'jira.conflict',
  410: 'jira.gone',
  413: 'jira.too_large',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { errorMessages, errors, message } = problemIn(response);
  const words = [
    ...(Array.isArray(errorMessages) ? errorMessages : []),
    ...Object.entries(errors ?? {}).map(([field, wrong]) => `${field}: ${wrong}`),
    ...(message === undefined ? [] : [message]),
  ];
  const code = CODES[status];
  const untilMs = status === 429 ? freeAgain(headers, now) : undefined;
  return {
    ...(words.length > 0 && { says: words.join('; ') }),
    ...(code && { code }),
    ...(untilMs !== undefined && { untilMs }),
  };
}

/** @returns epoch ms; undefined when it is said in `Retry-After`, which is read by itself */
function freeAgain(headers: HttpResponse['headers'], now: number): number | undefined {
  if (headers['retry-after'] !== undefined) return undefined;
  const reset = Date.parse(String(headers['x-ratelimit-reset']));
  return Number.isNaN(reset) ? now + PAUSE_MS : reset;
}

function problemIn(response: HttpResponse): Problem {
  try {
    return response.json<Problem | null>() ?? {};
  } catch {
    return {};
  }
}
