import type { AuthDescriptor } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { field } from '../form.ts';
import type { Install } from '../install.ts';
import { type Auth, credential, credentialsForm, type Maybe, resolve, withHeader } from './auth.ts';

export interface ApiKeyOptions {
  readonly in: 'header' | 'query';
  /** Of the header or the query parameter. */
  readonly name: string;
  /** Before the key in a header, such as `Token `. */
  readonly prefix?: string;
  /** A key of the code; without it every user fills in their own. */
  readonly key?: Maybe<string>;
  readonly label?: string;
}

/** A key in a header or in the query. */
export class ApiKeyAuth implements Auth {
  readonly descriptor: AuthDescriptor;
  readonly form;
  readonly #options: ApiKeyOptions;

  constructor(options: ApiKeyOptions) {
    this.#options = options;
    const { key, label = 'API key', in: place, name, prefix = '' } = options;
    this.descriptor = { kind: 'api-key', options: { in: place, name, prefix } };
    this.form = key === undefined ? credentialsForm([field.password('key', label, { required: true })]) : undefined;
  }

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const { in: place, name, prefix = '', key: given } = this.#options;
    const key = given === undefined ? credential(install, 'key') : await resolve(given);
    return place === 'header'
      ? withHeader(request, name, `${prefix}${key}`)
      : { ...request, query: { ...request.query, [name]: key } };
  }
}
