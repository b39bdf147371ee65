import { excerpt } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';
import type { ClientTls } from './client-certificate.ts';
import type { Guard } from './guard.ts';
import { mergeHeaders } from './headers.ts';

/** One request to a remote service. */
export interface HttpRequest extends RequestOptions {
  readonly url: string;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the URL. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Body as JSON; sets the content type. */
  readonly json?: unknown;
  /** Body as text or bytes. */
  readonly body?: string | Uint8Array;
  /** Milliseconds for the whole exchange; default 30 000. */
  readonly timeoutMs?: number;
  /** Connect to public addresses only, and to those allowed here or by the operator: for URLs that others may choose. */
  readonly guard?: Guard;
  /** A client certificate (mutual TLS). */
  readonly tls?: ClientTls;
  /** Of an application: the address to take instead of its own, for what its service has elsewhere. A template as well. */
  readonly baseUrl?: string;
}

/** A request with all that goes out said once: what is signed is what is sent. */
export interface SettledRequest extends HttpRequest {
  readonly method: NonNullable<HttpRequest['method']>;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: undefined;
  readonly json?: undefined;
}

/**
 * The query moves into the URL, `json` becomes `body` and a content type, the method is named.
 * @throws Fail when the URL is none
 */
export function settle({ query, json, body, method, headers = {}, ...rest }: HttpRequest): SettledRequest {
  const url = urlOf({ url: rest.url, ...(query && { query }) }).href;
  const content = json === undefined ? body : JSON.stringify(json);
  return {
    ...rest,
    url,
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: json === undefined ? headers : mergeHeaders({ 'content-type': 'application/json' }, headers),
    ...(content === undefined ? {} : { body: content }),
  };
}

/**
 * The URL with its query, as it is sent.
 * @throws Fail when it is none: trying again would change nothing
 */
export function urlOf({ url, query }: HttpRequest): URL {
  if (!URL.canParse(url)) throw new Fail(`A URL with http: or https: was expected, got: ${excerpt(String(url))}`);
  const full = new URL(url);
  if (full.protocol !== 'http:' && full.protocol !== 'https:')
    throw new Fail(`A URL with http: or https: was expected, got one with ${full.protocol}`);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) full.searchParams.append(name, String(value));
  return full;
}
