// What REST and GraphQL services have in common: an address that the install names, headers, a proof.

import {
  Application,
  type ApplicationContext,
  field,
  form,
  type Install,
  OAuth2,
  type RequestOptions,
} from '@sluice/sdk';
import { logo } from '../logo.ts';

export const settingsForm = (placeholder: string) =>
  form('settings', 'Service', [
    field.url('address', 'Address', {
      required: true,
      placeholder,
      description: 'Inside a private network the operator of the worker opens it with SLUICE_ALLOWED_ADDRESSES.',
    }),
    field.keyValue('headers', 'Headers of every request', {
      description: 'Nothing secret: credentials have a form of their own.',
    }),
    field.number('timeoutS', 'Seconds for one request', { default: 30, minimum: 1, maximum: 600 }),
  ]);

/** As the application itself, for services that have no person to ask. */
export const clientCredentials = (): OAuth2 =>
  new OAuth2({ grant: 'client-credentials', tokenUrl: '{oauth.tokenUrl}' } as ConstructorParameters<typeof OAuth2>[0]);

export const oauthForm = form('oauth', 'OAuth 2', [
  field.url('tokenUrl', 'Address of the token endpoint', {
    required: true,
    placeholder: 'https://login.example.com/oauth/token',
  }),
]);

export abstract class HttpService extends Application {
  override readonly categories = ['protocols'] as const;
  readonly baseUrl: string = '{settings.address}';
  override readonly logo: string = logo;
  /** Asked by the test of the connection. */
  protected abstract ask(context: ApplicationContext): Promise<string>;

  override test(context: ApplicationContext): Promise<string> {
    return this.ask(context);
  }

  override request(path: string, options: RequestOptions = {}, install: Install | null = null) {
    const headers = install?.value<Record<string, string>>('settings', 'headers') ?? {};
    const timeoutMs = Number(install?.value('settings', 'timeoutS') ?? 30) * 1_000;
    return super.request(path, { timeoutMs, ...options, headers: { ...headers, ...options.headers } }, install);
  }
}
