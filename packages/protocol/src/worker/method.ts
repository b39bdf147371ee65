// A call of a method of an application: a whole HTTP request, and a whole HTTP answer, as streams. By http it is a request
// to `/methods/{application}/{name}/…` at the worker; by link it is a frame, and its bodies are binary frames (flow.ts).

import type { Outcome } from '../outcome/outcome.ts';
import type { HttpMethod } from './http-method.ts';

export const METHODS_PATH = '/methods';
/** For whom, percent-encoded; in requests to http workers. */
export const METHOD_USER_HEADER = 'sluice-user';
/** In an answer of an http worker: its body is the outcome as JSON, because the method gave no answer of its own. */
export const METHOD_OUTCOME_HEADER = 'sluice-outcome';

/** In an answer of an http worker: a method gave it, not what stands around it. */
export const METHOD_ANSWER_HEADER = 'sluice-method';

export interface MethodCall {
  readonly application: string;
  readonly name: string;
  readonly user: string;
  readonly httpMethod: HttpMethod;
  /** What follows the name: empty, or beginning with a slash; as it was encoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case; neither credentials nor headers of the connection. */
  readonly headers: Readonly<Record<string, string>>;
  /** Until the answer begins. */
  readonly timeoutMs: number;
}

/** How a method answers before the body of its answer comes, or why it does not. */
export type MethodHead =
  | { readonly ok: true; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly outcome: Exclude<Outcome, { kind: 'forward' } | { kind: 'split' }> };

/** What an http worker's signature covers instead of the body, which is a stream. */
export function methodSigned({ httpMethod, user }: Pick<MethodCall, 'httpMethod' | 'user'>): string {
  return `${httpMethod}\n${user}`;
}

/** Path and query at an http worker. */
export function methodPath({ application, name, path, query }: MethodCall): string {
  const base = `${METHODS_PATH}/${encodeURIComponent(application)}/${encodeURIComponent(name)}${path}`;
  return query === '' ? base : `${base}?${query}`;
}

/** Headers that belong to one connection, or say how a body travels. */
const OF_CONNECTION = [
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const NOT_IN_REQUEST: ReadonlySet<string> = new Set([
  ...OF_CONNECTION,
  'authorization',
  'cookie',
  'orchesty-api-key',
  'proxy-authorization',
]);
/** A worker must not set cookies for the address of the platform. */
const NOT_IN_ANSWER: ReadonlySet<string> = new Set([
  ...OF_CONNECTION,
  'set-cookie',
  METHOD_OUTCOME_HEADER,
  METHOD_ANSWER_HEADER,
]);

type Raw = Readonly<Record<string, string | readonly string[] | number | undefined>>;

/** Headers of a request that a method sees: lower case, no credentials. */
export const methodHeaders = (raw: Raw): Record<string, string> => without(raw, NOT_IN_REQUEST, 'sluice-');
/** Headers of a method's answer that reach the caller. */
export const replyHeaders = (raw: Raw): Record<string, string> => without(raw, NOT_IN_ANSWER);

function without(raw: Raw, names: ReadonlySet<string>, prefix?: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [given, value] of Object.entries(raw)) {
    const name = given.toLowerCase();
    if (value === undefined || names.has(name) || (prefix !== undefined && name.startsWith(prefix))) continue;
    kept[name] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return kept;
}

/** What is wrong with a head, or null. */
export function methodHeadFault(value: unknown): string | null {
  const head = value as { ok?: unknown; status?: unknown; headers?: unknown; outcome?: { reason?: unknown } } | null;
  if (head?.ok === false) return typeof head.outcome?.reason === 'string' ? null : 'the outcome has no reason';
  if (head?.ok !== true) return 'the answer of the method has no head';
  const { status, headers } = head;
  if (!Number.isInteger(status) || (status as number) < 200 || (status as number) > 599)
    return `the method answered status ${JSON.stringify(status)}; 200 to 599 can be answered`;
  const texts = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  const wrong = texts.find(([name, text]) => !NAME.test(name) || typeof text !== 'string' || !VALUE.test(text));
  return wrong ? `the method answered a header ${JSON.stringify(wrong[0])} that HTTP cannot carry` : null;
}

const NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,200}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,16000}$/;
