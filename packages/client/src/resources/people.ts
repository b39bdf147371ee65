// The session of the browser, and the first account.

import type { Http } from '../http/http.ts';

export interface SessionView {
  readonly account: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly token: { readonly id: string; readonly name: string } | null;
  readonly role: string | null;
  readonly scopes: readonly string[];
}

export function sessionCalls(http: Http) {
  return {
    get: (): Promise<SessionView> => http.call('GET', '/api/v1/session'),
    start: (credentials: { email: string; password: string }): Promise<SessionView> =>
      http.call('POST', '/api/v1/session', { json: credentials }),
    end: (): Promise<void> => http.call('DELETE', '/api/v1/session'),
  };
}

export function setupCalls(http: Http) {
  return {
    /** Whether the first account is still to be made. */
    get: (): Promise<{ needed: boolean; codeNeeded: boolean; oidc: boolean }> => http.call('GET', '/api/v1/setup'),
    run: (account: { name: string; email: string; password: string; code?: string }): Promise<SessionView> =>
      http.call('POST', '/api/v1/setup', { json: account }),
  };
}
