import type { HttpRequest } from '../../http/request.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm, type Maybe, resolve, withHeader } from './auth.ts';

export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/** HTTP Basic (RFC 7617). Without credentials in the code, every user fills in their own. */
export class BasicAuth implements Auth {
  readonly descriptor = { kind: 'basic' as const, options: {} };
  readonly form;
  readonly #credentials: Maybe<BasicCredentials> | undefined;

  constructor(credentials?: Maybe<BasicCredentials>, labels: { user?: string; password?: string } = {}) {
    this.#credentials = credentials;
    const fields = [
      field.text('user', labels.user ?? 'User', { required: true }),
      field.password('password', labels.password ?? 'Password', { required: true }),
    ];
    this.form = credentials === undefined ? credentialsForm(fields) : undefined;
  }

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const { user, password } = this.#credentials
      ? await resolve(this.#credentials)
      : { user: credential(install, 'user'), password: credential(install, 'password') };
    return withHeader(request, 'authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  }
}
