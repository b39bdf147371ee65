import type { HttpRequest } from '../../http/request.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm, type Maybe, resolve, withHeader } from './auth.ts';

/** A bearer token (RFC 6750) that does not end, such as a personal access token. */
export class BearerAuth implements Auth {
  readonly descriptor = { kind: 'bearer' as const, options: {} };
  readonly form;
  readonly #token: Maybe<string> | undefined;

  constructor(token?: Maybe<string>, label = 'Token') {
    this.#token = token;
    this.form = token === undefined ? credentialsForm([field.password('token', label, { required: true })]) : undefined;
  }

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const token = this.#token === undefined ? credential(install, 'token') : await resolve(this.#token);
    return withHeader(request, 'authorization', `Bearer ${token}`);
  }
}
