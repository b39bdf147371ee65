// People and their access: set-up, the own session, accounts, roles, tokens, the audit log.

import type {
  AccountLink,
  AuditEntryView,
  AuditQuery,
  LinkAcceptance,
  LinkView,
  OwnAccountChange,
  OwnSessionView,
  PageOf,
  PasswordChange,
  RoleChange,
  RoleRequest,
  RoleView,
  SessionView,
  SetupRequest,
  SetupView,
  SignInRequest,
  TokenCreated,
  TokenRequest,
  TokenView,
  UserChange,
  UserInvitation,
  UserInvited,
  UserView,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

export function setupCalls(http: Http) {
  return {
    get: (): Promise<SetupView> => http.call('GET', '/api/v1/setup'),
    /** Make the first account; a browser is signed in then. */
    make: (request: SetupRequest): Promise<SessionView> => http.call('POST', '/api/v1/setup', { json: request }),
  };
}

/** Who asks. In a browser the session is its cookie; what changes something needs that, and takes no token. */
export function sessionCalls(http: Http) {
  return {
    /** Where a browser goes to sign in by the OpenID provider. @param returnTo  path of the platform to go on at */
    oidcPath: (returnTo?: string): string =>
      `/api/v1/session/oidc${returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`}`,
    signIn: (request: SignInRequest): Promise<SessionView> => http.call('POST', '/api/v1/session', { json: request }),
    get: (): Promise<SessionView> => http.call('GET', '/api/v1/session'),
    signOut: (): Promise<void> => http.call('DELETE', '/api/v1/session'),
    changeAccount: (change: OwnAccountChange): Promise<UserView> =>
      http.call('PATCH', '/api/v1/session/account', { json: change }),
    /** All other sessions end. */
    changePassword: (change: PasswordChange): Promise<void> =>
      http.call('PUT', '/api/v1/session/password', { json: change }),
    list: (): Promise<PageOf<OwnSessionView>> => http.call('GET', '/api/v1/sessions'),
    end: (id: string): Promise<void> => http.call('DELETE', path`/api/v1/sessions/${id}`),
    endOthers: (): Promise<void> => http.call('DELETE', '/api/v1/sessions'),
    /** The answer is the same whether there is such an account or not. */
    askForReset: (email: string): Promise<void> => http.call('POST', '/api/v1/password-reset', { json: { email } }),
    /** For whom the link of an invitation or a reset is. */
    viewLink: (token: string): Promise<LinkView> =>
      http.call('POST', '/api/v1/account-links/view', { json: { token } }),
    acceptLink: (acceptance: LinkAcceptance): Promise<SessionView> =>
      http.call('POST', '/api/v1/account-links/accept', { json: acceptance }),
  };
}

export function userCalls(http: Http) {
  return {
    list: (): Promise<PageOf<UserView>> => http.call('GET', '/api/v1/users'),
    get: (id: string): Promise<UserView> => http.call('GET', path`/api/v1/users/${id}`),
    invite: (invitation: UserInvitation): Promise<UserInvited> =>
      http.call('POST', '/api/v1/users', { json: invitation }),
    change: (id: string, change: UserChange): Promise<UserView> =>
      http.call('PATCH', path`/api/v1/users/${id}`, { json: change }),
    /** With the sessions and tokens. */
    remove: (id: string): Promise<void> => http.call('DELETE', path`/api/v1/users/${id}`),
    /** A link by which the person sets a password; the one before ends. */
    link: (id: string): Promise<AccountLink> => http.call('POST', path`/api/v1/users/${id}/link`),
  };
}

export function roleCalls(http: Http) {
  return {
    list: (): Promise<PageOf<RoleView>> => http.call('GET', '/api/v1/roles'),
    get: (name: string): Promise<RoleView> => http.call('GET', path`/api/v1/roles/${name}`),
    create: (role: RoleRequest): Promise<RoleView> => http.call('POST', '/api/v1/roles', { json: role }),
    change: (name: string, change: RoleChange): Promise<RoleView> =>
      http.call('PATCH', path`/api/v1/roles/${name}`, { json: change }),
    remove: (name: string): Promise<void> => http.call('DELETE', path`/api/v1/roles/${name}`),
  };
}

export function tokenCalls(http: Http) {
  return {
    create: (token: TokenRequest): Promise<TokenCreated> => http.call('POST', '/api/v1/tokens', { json: token }),
    list: (): Promise<PageOf<TokenView>> => http.call('GET', '/api/v1/tokens'),
    revoke: (id: string): Promise<void> => http.call('DELETE', path`/api/v1/tokens/${id}`),
  };
}

export function auditCalls(http: Http) {
  return {
    /** Newest first. */
    list: (query: AuditQuery = {}): Promise<PageOf<AuditEntryView>> =>
      http.call('GET', '/api/v1/audit', { query: { ...query } as Record<string, string | number | undefined> }),
  };
}
