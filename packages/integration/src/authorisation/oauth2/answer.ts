// What a token endpoint answered, read with patience. Providers deviate: times as text, forms for JSON, errors with status
// 200 or as objects, members in camel case or one level down. What comes out is as RFC 6749 says it.

import { retryAfterMs } from '@sluice/protocol';
import { type HttpResponse, isSecretName } from '@sluice/sdk';
import { saidBy } from '../provider/exchange.ts';
import { ProviderFailure } from '../provider/failure.ts';

type Members = Readonly<Record<string, unknown>>;

export interface ReadAnswer {
  /** For a strict reader. */
  readonly response: Response;
  /** As the provider wrote it. */
  readonly tokenType: string;
  /** Further members, as text, without those that look like secrets. */
  readonly extra: Readonly<Record<string, string>>;
}

const STANDARD = new Set([
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'scope',
  'id_token',
  'data',
  'ok',
]);
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  access_token: ['accessToken'],
  refresh_token: ['refreshToken'],
  token_type: ['tokenType'],
  expires_in: ['expiresIn', 'expires'],
};
const TEN_YEARS_S = 315_360_000;

/** @throws ProviderFailure `unavailable`, `lost` when nothing can be made of it, `refused` for a redirect */
export function readAnswer(answer: HttpResponse, now: number): ReadAnswer {
  const { status } = answer;
  const said = membersOf(answer);
  const problem = said && errorOf(said, status);
  if (problem) {
    if (isPassing(problem.error, status))
      throw new ProviderFailure('unavailable', `The provider answered ${status}: ${wordsOf(problem)}`, {
        code: problem.error,
        retryAfterMs: retryAfterMs(headerOf(answer, 'retry-after'), now) ?? null,
      });
    return { response: strict(400, problem), tokenType: '', extra: {} };
  }
  if (status >= 200 && status < 300 && said) return tokenAnswer(said);
  throw unreadable(answer, now);
}

function tokenAnswer(said: Members): ReadAnswer {
  const named = spelled(said);
  const inner = named.access_token === undefined && isObject(named.data) ? spelled(named.data) : named;
  const { access_token, token_type, refresh_token, scope } = inner;
  const lifetime = secondsOf(inner.expires_in);
  const extra = Object.entries({ ...named, ...inner }).flatMap(([name, value]): [string, string][] => {
    if (STANDARD.has(name) || isSecretName(name)) return [];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value).slice(0, 2_000)]] : [];
  });
  return {
    response: strict(200, {
      access_token,
      // Whoever hands out another type without a word means a bearer; the word itself is kept beside.
      token_type: 'bearer',
      ...(lifetime === null ? {} : { expires_in: lifetime }),
      ...(typeof refresh_token === 'string' && refresh_token !== '' ? { refresh_token } : {}),
      ...(scope === undefined || scope === null ? {} : { scope: scopeOf(scope) }),
    }),
    tokenType: typeof token_type === 'string' && token_type !== '' ? token_type.slice(0, 100) : 'Bearer',
    extra: Object.fromEntries(extra.slice(0, 100)),
  };
}

/** An answer that is neither token nor error. */
function unreadable(answer: HttpResponse, now: number): ProviderFailure {
  const { status, headers } = answer;
  const text = textOf(answer);
  const isPage = /^\s*<(!doctype|html|\?xml|head|body)/i.test(text);
  const what = isPage ? 'with a page for people' : `with something that is no token: ${saidBy(text) || 'nothing'}`;
  const wait = retryAfterMs(headerOf(answer, 'retry-after'), now) ?? null;
  if (status >= 300 && status < 400)
    return new ProviderFailure(
      'refused',
      `The provider answered ${status} and leads elsewhere (${saidBy(headers.location) || 'nowhere'}); credentials are not sent after it. Correct the address of the token endpoint.`,
      { code: 'redirect' },
    );
  if (status === 401)
    return new ProviderFailure('refused', 'The provider answered 401: it does not accept the client.', {
      code: 'invalid_client',
    });
  if (status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429)
    return new ProviderFailure('refused', `The provider answered ${status}, ${what}`, { code: `status_${status}` });
  // A success that cannot be read may well have been one.
  const kind = status < 300 && !isPage ? 'lost' : 'unavailable';
  return new ProviderFailure(kind, `The provider answered ${status}, ${what}`, { retryAfterMs: wait });
}

/** JSON, or a form, whatever the content type says. */
function membersOf(answer: HttpResponse): Members | null {
  const text = textOf(answer)
    .replace(/^\uFEFF/, '')
    .trim();
  if (text.startsWith('{'))
    try {
      return JSON.parse(text) as Members;
    } catch {
      return null;
    }
  if (/^[\w.-]{1,100}=[^<>\s]*(&[\w.-]{1,100}=[^<>\s]*)*$/.test(text))
    return Object.fromEntries(new URLSearchParams(text));
  return null;
}

function textOf(answer: HttpResponse): string {
  try {
    return answer.text();
  } catch {
    return '';
  }
}

interface Problem {
  readonly error: string;
  readonly error_description?: string;
}

function errorOf(said: Members, status: number): Problem | null {
  const { error, errors } = said;
  const first = Array.isArray(errors) ? (errors[0] as unknown) : undefined;
  const source = error ?? first;
  if (source === undefined || source === null || source === '' || source === 0 || source === false) {
    if (said.ok === false || status >= 400) return { error: `status_${status}`, ...descriptionOf(said) };
    return null;
  }
  if (isObject(source)) {
    const { type, code, error: inner } = source;
    const name = [inner, type, code].find((one) => typeof one === 'string' && one !== '') ?? code ?? 'error';
    return { error: saidBy(String(name)), ...descriptionOf(source) };
  }
  return { error: saidBy(String(source)), ...descriptionOf(said) };
}

function descriptionOf(of: Members): { error_description?: string } {
  const { error_description, error_message, message, description, detail } = of;
  const text = [error_description, error_message, message, description, detail].find((one) => typeof one === 'string');
  return text === undefined ? {} : { error_description: saidBy(text) };
}

/** Words for both: the code of a provider, and what it says of it. */
export function wordsOf({ error, error_description }: Problem): string {
  return error_description ? `${error}: ${error_description}` : error;
}

function isPassing(error: string, status: number): boolean {
  if (/^(temporarily_unavailable|server_error|rate_?limit(ed|_exceeded)?|too_many_requests)$/i.test(error)) return true;
  return (status >= 500 || status === 429 || status === 408) && !/^invalid_/.test(error);
}

function spelled(said: Members): Record<string, unknown> {
  const all: Record<string, unknown> = { ...said };
  for (const [name, others] of Object.entries(SPELLINGS))
    for (const other of others)
      if (all[other] !== undefined) {
        all[name] ??= all[other];
        delete all[other];
      }
  return all;
}

/** @returns null when it is no sensible time; some providers write 0 for "does not end" */
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'number' ? value : typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.floor(seconds), TEN_YEARS_S) : null;
}

const scopeOf = (scope: unknown): string => (Array.isArray(scope) ? scope.map(String).join(' ') : String(scope));
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const strict = (status: number, body: unknown): Response => Response.json(body, { status });

function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
