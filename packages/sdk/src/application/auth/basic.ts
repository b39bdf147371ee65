import type { HttpRequest } from '../../http/request.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm, type Maybe, resolve, withHeader } from './auth.ts';

export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

export interface BasicOptions {
  /** Labels of the fields. */
  readonly user?: string;
  readonly password?: string;
  /** What services have instead of one of the two, and nobody is asked: a key as user with the password `X`. */
  readonly always?: { readonly user?: string; readonly password?: string };
  /** After what is filled in as user, such as `/token`. */
  readonly userSuffix?: string;
}

/** HTTP Basic (RFC 7617). Without credentials in the code, every user fills in their own. */
export class BasicAuth implements Auth {
  readonly descriptor;
  readonly form;
  readonly #credentials: Maybe<BasicCredentials> | undefined;
  readonly #options: BasicOptions;

  constructor(credentials?: Maybe<BasicCredentials>, options: BasicOptions = {}) {
    this.#credentials = credentials;
    this.#options = options;
    const { always = {}, userSuffix = '' } = options;
    this.descriptor = {
      kind: 'basic' as const,
      options: { ...(options.always && { always: { ...always } }), ...(userSuffix && { userSuffix }) },
    };
    const fields = [
      ...(always.user === undefined
        ? [
            (always.password === undefined ? field.text : field.password)('user', options.user ?? 'User', {
              required: true,
            }),
          ]
        : []),
      ...(always.password === undefined
        ? [field.password('password', options.password ?? 'Password', { required: true })]
        : []),
    ];
    this.form = credentials === undefined ? credentialsForm(fields) : undefined;
  }

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const { always = {}, userSuffix = '' } = this.#options;
    const { user, password } = this.#credentials
      ? await resolve(this.#credentials)
      : {
          user: always.user ?? credential(install, 'user') + userSuffix,
          password: always.password ?? credential(install, 'password'),
        };
    return withHeader(request, 'authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  }
}
