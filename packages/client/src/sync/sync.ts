// Synchronous calls: what they take, and what they give.

import type { HttpMethod, StepKind } from '@sluice/protocol';
import type { CallOptions, Exchanged, Http } from '../http/http.ts';

export interface SyncCallOptions {
  /** JSON value; or `body` as it is. */
  readonly json?: unknown;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly user?: string;
  /** Needed only where a worker has several kinds of actions under one name. */
  readonly kind?: StepKind;
  /** Of a batch: where it goes on. */
  readonly cursor?: string;
  /** Such as `30s`. */
  readonly timeout?: string;
  /** How long it may wait for a permit, such as `5s`. */
  readonly wait?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MethodCallOptions extends Pick<SyncCallOptions, 'json' | 'body' | 'contentType' | 'user' | 'headers'> {
  /** Default GET, POST with a body. */
  readonly method?: HttpMethod;
  /** What follows the name of the method. */
  readonly path?: string;
  readonly query?: CallOptions['query'];
  /** Whatever the method answers is an answer, also what says that something is wrong. */
  readonly anyStatus?: boolean;
}

/** Status, headers and body as they were chosen. */
export class SyncResult {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;

  constructor({ status, headers, bytes }: Exchanged) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  /** The step ended quietly and gave nothing. */
  get stopped(): boolean {
    return this.headers.get('sluice-outcome') === 'stopped';
  }
  text(): string {
    return new TextDecoder().decode(this.bytes);
  }
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }
}

/** Every call throws ApiError with the code of what went wrong, also when it is one of the step's own. */
export class SyncClient {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** A connector, batch page or custom node of a worker. */
  async call(worker: string, action: string, options: SyncCallOptions = {}): Promise<SyncResult> {
    const { user, kind, cursor, timeout, wait, idempotencyKey } = options;
    const { raw, headers } = bodyOf(options);
    const answer = await this.#http.exchange('POST', `/sync/workers/${encode(worker)}/${encode(action)}`, {
      query: { user, kind, cursor, timeout, wait },
      raw: raw ?? '',
      headers: idempotencyKey === undefined ? headers : { ...headers, 'idempotency-key': idempotencyKey },
    });
    return new SyncResult(answer);
  }

  /** A method of an application. */
  async method(application: string, name: string, options: MethodCallOptions = {}): Promise<SyncResult> {
    const { user, path = '', query = {} } = options;
    const { raw, headers } = bodyOf(options);
    const method = options.method ?? (raw === undefined ? 'GET' : 'POST');
    const rest = path === '' || path.startsWith('/') ? path : `/${path}`;
    const answer = await this.#http.exchange(
      method,
      `/sync/applications/${encode(application)}/${encode(name)}${rest}`,
      {
        query: { ...query, user },
        headers,
        ...(raw === undefined ? {} : { raw }),
        ...(options.anyStatus ? { accept: 'any' as const } : {}),
      },
    );
    return new SyncResult(answer);
  }
}

const encode = encodeURIComponent;

function bodyOf({ json, body, contentType, headers = {} }: SyncCallOptions) {
  const type = contentType ?? (json === undefined ? undefined : 'application/json');
  return {
    raw: json === undefined ? body : JSON.stringify(json),
    headers: type === undefined ? { ...headers } : { ...headers, 'content-type': type },
  };
}
