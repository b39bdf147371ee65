// Applications and their installs.

import type {
  ApplicationView,
  AuthorizeAnswer,
  Choice,
  InstallQuery,
  InstallView,
  InvocationAnswer,
  Json,
  OfWorker,
  PageOf,
  Settings,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

export function applicationCalls(http: Http) {
  return {
    list: (): Promise<PageOf<ApplicationView>> => http.call('GET', '/api/v1/applications'),
    get: (key: string, of: OfWorker = {}): Promise<ApplicationView> =>
      http.call('GET', path`/api/v1/applications/${key}`, { query: { ...of } }),
  };
}

export function installCalls(http: Http) {
  const at = (key: string, user: string): string => path`/api/v1/applications/${key}/installs/${user}`;
  return {
    list: (query: InstallQuery = {}): Promise<PageOf<InstallView>> =>
      http.call('GET', '/api/v1/installs', { query: { ...query } }),
    get: (key: string, user = 'default', of: OfWorker = {}): Promise<InstallView> =>
      http.call('GET', at(key, user), { query: { ...of } }),
    /** Again is fine. */
    install: (key: string, user = 'default', of: OfWorker = {}): Promise<InstallView> =>
      http.call('PUT', at(key, user), { query: { ...of } }),
    uninstall: (key: string, user = 'default', of: OfWorker = {}): Promise<void> =>
      http.call('DELETE', at(key, user), { query: { ...of } }),
    /** What is not given, and a secret given back as it was shown, stay as they are; null empties a field. */
    save: (key: string, settings: Settings, user = 'default', of: OfWorker = {}): Promise<InstallView> =>
      http.call('PUT', `${at(key, user)}/settings`, { json: settings, query: { ...of } }),
    enable: (key: string, user = 'default', of: OfWorker = {}): Promise<InstallView> =>
      http.call('POST', `${at(key, user)}/enable`, { query: { ...of } }),
    disable: (key: string, user = 'default', of: OfWorker = {}): Promise<InstallView> =>
      http.call('POST', `${at(key, user)}/disable`, { query: { ...of } }),
    /** @param returnTo  path of the platform where the person goes on afterwards */
    authorize: (key: string, user = 'default', returnTo?: string, of: OfWorker = {}): Promise<AuthorizeAnswer> =>
      http.call('POST', `${at(key, user)}/authorize`, {
        json: returnTo === undefined ? {} : { returnTo },
        query: { ...of },
      }),
    /** Give the token back to the provider, and forget it. */
    withdraw: (key: string, user = 'default'): Promise<InstallView> =>
      http.call('DELETE', `${at(key, user)}/authorization`),
    choices: (key: string, form: string, field: string, user = 'default', of: OfWorker = {}): Promise<PageOf<Choice>> =>
      http.call('GET', `${at(key, user)}${path`/forms/${form}/fields/${field}/choices`}`, { query: { ...of } }),
    test: (key: string, user = 'default', of: OfWorker = {}): Promise<InvocationAnswer> =>
      http.call('POST', `${at(key, user)}/test`, { query: { ...of } }),
    act: (
      key: string,
      action: string,
      input: Json = null,
      user = 'default',
      of: OfWorker = {},
    ): Promise<InvocationAnswer> =>
      http.call('POST', `${at(key, user)}${path`/actions/${action}`}`, { json: input, query: { ...of } }),
  };
}
