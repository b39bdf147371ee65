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

/** The URL with its query, as it is sent. */
export function urlOf({ url, query }: HttpRequest): URL {
  const full = new URL(url);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) full.searchParams.append(name, String(value));
  return full;
}
