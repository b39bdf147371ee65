// A remote service with its credentials: what all its endpoints have in common.

import type { HttpRequest, RequestOptions } from '../http/request.ts';
import type { Auth } from './auth.ts';

export abstract class Application {
  /** Stable id, such as `hubspot`. */
  abstract readonly key: string;
  abstract readonly name: string;
  readonly description?: string;
  abstract readonly baseUrl: string;
  readonly auth?: Auth;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;

  /** A request to a path of the service, with base URL, common headers, time limit and proof. */
  async request(path: string, options: RequestOptions = {}): Promise<HttpRequest> {
    const url = new URL(`${this.baseUrl.replace(/\/$/, '')}/${path.replace(/^\//, '')}`);
    const timeoutMs = options.timeoutMs ?? this.timeoutMs;
    const request: HttpRequest = {
      ...options,
      url: url.href,
      headers: { ...this.headers, ...options.headers },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    };
    return this.auth ? this.auth.sign(request) : request;
  }
}
