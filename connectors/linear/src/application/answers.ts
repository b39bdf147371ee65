// What Linear says of its answers. Failures stand in the body, with status 200 or 400: `{errors: [{message, extensions: {code}}]}`.

import { faults, type HttpResponse, type Reading } from '@sluice/sdk';

interface Problem {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly userPresentableMessage?: string };
}

const PAUSE_MS = 60_000;
const byStatus = faults<{ errors: Problem[] }>('linear', { says: ({ errors }) => errors.map(wordsOf) });

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const [first, ...others] = problemsIn(response);
  if (!first) return byStatus(response, now);
  const says = [first, ...others].map(wordsOf).filter(Boolean).join('; ');
  const name = (first.extensions?.code ?? 'failed').toLowerCase();
  if (name === 'ratelimited') return { says, verdict: 'limit', untilMs: freeAgain(response, now) };
  // A server in trouble speaks by its status.
  if (response.status >= 500) return { says };
  return { says, code: `linear.${name}`, verdict: 'fail', tokenRefused: name === 'authentication_error' };
}

/** Instants in milliseconds: of requests, and of what they cost. */
function freeAgain({ headers }: HttpResponse, now: number): number {
  const ends = ['x-ratelimit-requests-reset', 'x-ratelimit-complexity-reset'].map((name) => Number(headers[name]));
  const later = ends.filter((end) => end > now);
  return later.length > 0 ? Math.min(...later) : now + PAUSE_MS;
}

const wordsOf = ({ message, extensions }: Problem): string => {
  const more = extensions?.userPresentableMessage;
  return more && more !== message ? `${message}: ${more}` : (message ?? '');
};

function problemsIn(response: HttpResponse): readonly Problem[] {
  try {
    const { errors } = response.json<{ errors?: unknown } | null>() ?? {};
    return Array.isArray(errors) ? errors.filter((one) => typeof one === 'object' && one !== null) : [];
  } catch {
    return [];
  }
}
