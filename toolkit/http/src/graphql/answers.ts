// GraphQL says what went wrong in its answer, with status 200 as well: `errors`, each with a code of the service.

import type { HttpResponse, Reading, StatusVerdict } from '@sluice/sdk';

export interface GraphQlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQlError[];
}

const VERDICTS: Readonly<Record<string, StatusVerdict>> = {
  THROTTLED: 'limit',
  RATE_LIMITED: 'limit',
  RATELIMITED: 'limit',
  TOO_MANY_REQUESTS: 'limit',
  INTERNAL_SERVER_ERROR: 'redeliver',
  SERVICE_UNAVAILABLE: 'redeliver',
  TIMEOUT: 'redeliver',
};
const MAX_SAID = 5;

export const answerIn = (response: HttpResponse): Answer => {
  try {
    return response.json<Answer | null>() ?? {};
  } catch {
    return {};
  }
};

export function readErrors(response: HttpResponse): Reading | undefined {
  const { errors } = answerIn(response);
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const code = String(errors.find((one: GraphQlError) => one?.extensions?.code)?.extensions.code ?? 'errors');
  const says = errors
    .slice(0, MAX_SAID)
    .map((one: GraphQlError) => one?.message)
    .join('; ');
  return {
    says,
    code: `graphql.${code
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '_')
      .slice(0, 60)}`,
    tokenRefused: /^UNAUTHENTICATED$/i.test(code),
    // Other statuses speak for themselves, unless the service is full.
    ...(response.status < 300 ? { verdict: VERDICTS[code.toUpperCase()] ?? 'fail' } : {}),
  };
}

/** What came is enough: some of it may be missing. */
export const evenPartial = (response: HttpResponse): Reading | undefined => {
  const { data } = answerIn(response);
  return response.status < 300 && data !== undefined && data !== null ? { verdict: 'ok' } : readErrors(response);
};
