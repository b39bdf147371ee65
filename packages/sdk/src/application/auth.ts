// How requests of an application prove who sends them.

import type { HttpRequest } from '../http/request.ts';

type Maybe<T> = T | (() => T | Promise<T>);
const resolve = async <T>(value: Maybe<T>): Promise<T> =>
  typeof value === 'function' ? (value as () => T | Promise<T>)() : value;

export interface Auth {
  /** The request with proof added. */
  sign(request: HttpRequest): Promise<HttpRequest>;
}

const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** HTTP Basic (RFC 7617). */
export class BasicAuth implements Auth {
  readonly #credentials: Maybe<{ user: string; password: string }>;
  constructor(credentials: Maybe<{ user: string; password: string }>) {
    this.#credentials = credentials;
  }
  async sign(request: HttpRequest): Promise<HttpRequest> {
    const { user, password } = await resolve(this.#credentials);
    return withHeader(request, 'authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  }
}

/** A bearer token (RFC 6750). */
export class BearerAuth implements Auth {
  readonly #token: Maybe<string>;
  constructor(token: Maybe<string>) {
    this.#token = token;
  }
  async sign(request: HttpRequest): Promise<HttpRequest> {
    return withHeader(request, 'authorization', `Bearer ${await resolve(this.#token)}`);
  }
}
