import { excerpt } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';

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
