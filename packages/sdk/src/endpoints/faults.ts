// What services say of a failure, in the two or three ways in which most do: a status, a reason in the body, and for "too many
// requests" a header or nothing.

import { rateLimitResetMs, retryAfterMs } from '@sluice/protocol';
import type { Reading } from '../http/reading.ts';
import type { HttpResponse } from '../http/response.ts';

export interface FaultsOptions<Body> {
  /** The reason in words, from the body of the answer; an answer of another form may make it throw. */
  readonly says?: (body: Body) => string | undefined | readonly (string | undefined | null | false)[];
  /** How the service calls the failure, where that is better than the name of the status. */
  readonly name?: (body: Body, status: number) => string | undefined;
  /** Names of statuses that mean something else here, or are its own. */
  readonly codes?: Readonly<Record<number, string>>;
  /** How long to wait after "too many requests" when no header says it; default 60 s. */
  readonly pauseMs?: number;
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'bad_credentials',
  402: 'not_in_plan',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  410: 'gone',
  412: 'changed_meanwhile',
  413: 'too_large',
  415: 'unknown_format',
  422: 'invalid',
  423: 'locked',
};

/** For `Application.read`: `read = faults('asana', { says: ({ errors }) => errors.map(({ message }) => message) })`. */
export function faults<Body = unknown>(key: string, options: FaultsOptions<Body> = {}) {
  const { says, name, codes = {}, pauseMs = 60_000 } = options;
  return (response: HttpResponse, now: number): Reading | undefined => {
    const { status, headers } = response;
    if (status < 400) return undefined;
    const words = attempt(() => wordsOf(says?.(response.json<Body>())));
    const named = attempt(() => name?.(response.json<Body>(), status)) ?? codes[status] ?? NAMES[status];
    const isSilent =
      status === 429 && (retryAfterMs(headers['retry-after'], now) ?? rateLimitResetMs(headers, now)) === undefined;
    return {
      ...(words && { says: words }),
      ...(named && { code: `${key}.${named}` }),
      ...(isSilent && { untilMs: now + pauseMs }),
    };
  };
}

function wordsOf(said: ReturnType<NonNullable<FaultsOptions<never>['says']>>): string | undefined {
  const words = [said].flat().filter((one) => typeof one === 'string' && one !== '');
  return words.length > 0 ? words.join('; ') : undefined;
}

/** An answer of a failure need not have the form that its service describes: a proxy in between may have made it. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
