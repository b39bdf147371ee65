// Applications and their installs.

import type {
  ApplicationView,
  AuthorizeAnswer,
  Choice,
  InstallQuery,
  InstallView,
  InvocationAnswer,
  Json,
  PageOf,
  Settings,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

export function applicationCalls(http: Http) {
  return {
    list: (): Promise<PageOf<ApplicationView>> => http.call('GET', '/api/v1/applications'),
    get: (key: string): Promise<ApplicationView> => http.call('GET', path`/api/v1/applications/${key}`),
  };
}

export function installCalls(http: Http) {
  const at = (key: string, user: string): string => path`/api/v1/applications/${key}/installs/${user}`;
  return {
    list: (query: InstallQuery = {}): Promise<PageOf<InstallView>> =>
      http.call('GET', '/api/v1/installs', { query: { ...query } }),
    get: (key: string, user = 'default'): Promise<InstallView> => http.call('GET', at(key, user)),
    /** Again is fine. */
    install: (key: string, user = 'default'): Promise<InstallView> => http.call('PUT', at(key, user)),
    uninstall: (key: string, user = 'default'): Promise<void> => http.call('DELETE', at(key, user)),
    /** What is not given, and a secret given back as it was shown, stay as they are; null empties a field. */
    save: (key: string, settings: Settings, user = 'default'): Promise<InstallView> =>
      http.call('PUT', `${at(key, user)}/settings`, { json: settings }),
    enable: (key: string, user = 'default'): Promise<InstallView> => http.call('POST', `${at(key, user)}/enable`),
    disable: (key: string, user = 'default'): Promise<InstallView> => http.call('POST', `${at(key, user)}/disable`),
    /** @param returnTo  path of the platform where the person goes on afterwards */
    authorize: (key: string, user = 'default', returnTo?: string): Promise<AuthorizeAnswer> =>
      http.call('POST', `${at(key, user)}/authorize`, { json: returnTo === undefined ? {} : { returnTo } }),
    /** Give the token back to the provider, and forget it. */
    withdraw: (key: string, user = 'default'): Promise<InstallView> =>
      http.call('DELETE', `${at(key, user)}/authorization`),
    choices: (key: string, form: string, field: string, user = 'default'): Promise<PageOf<Choice>> =>
      http.call('GET', `${at(key, user)}${path`/forms/${form}/fields/${field}/choices`}`),
    test: (key: string, user = 'default'): Promise<InvocationAnswer> => http.call('POST', `${at(key, user)}/test`),
    act: (key: string, action: string, input: Json = null, user = 'default'): Promise<InvocationAnswer> =>
      http.call('POST', `${at(key, user)}${path`/actions/${action}`}`, { json: input }),
  };
}
