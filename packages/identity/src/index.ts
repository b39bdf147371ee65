// Door of identity: who may do what on the platform.

import type { AuditStore, Log, RecordStore } from '@sluice/engine';
import type { Account } from './accounts/account.ts';
import { Accounts } from './accounts/accounts.ts';
import { Links } from './accounts/links.ts';
import { People } from './accounts/people.ts';
import { Setup } from './accounts/setup.ts';
import { SignIn } from './accounts/sign-in.ts';
import { AuditLog } from './audit/audit-log.ts';
import { Oidc, type OidcOptions } from './oidc/oidc.ts';
import { Attempts } from './passwords/attempts.ts';
import { Passwords } from './passwords/passwords.ts';
import { Roles } from './roles/roles.ts';
import { type Origin, Sessions } from './sessions/sessions.ts';
import { Tokens } from './tokens/tokens.ts';

export type { Account } from './accounts/account.ts';
export type { People } from './accounts/people.ts';
export type { Setup } from './accounts/setup.ts';
export type { AuditLog } from './audit/audit-log.ts';
export type { Identity } from './identity/identity.ts';
export { OIDC_CALLBACK_PATH, type Oidc, type OidcOptions } from './oidc/oidc.ts';
export type { Roles } from './roles/roles.ts';
export type { Origin, Sessions } from './sessions/sessions.ts';
export type { Tokens } from './tokens/tokens.ts';

/** An account is guessed at slowly by all together; its owner never waits long. */
const OF_ACCOUNT = { free: 5, firstWaitMs: 2_000, mostWaitMs: 60_000 };
/** Behind one address there may be an office. */
const OF_ADDRESS = { free: 30, firstWaitMs: 2_000, mostWaitMs: 15 * 60_000 };
const FLUSH_MS = 60_000;

export interface AccessOptions {
  readonly records: RecordStore;
  readonly audit: AuditStore;
  /** How long the audit log is kept. */
  readonly auditMs: number;
  /** Default: none. */
  readonly oidc?: OidcOptions;
  readonly log: Log;
  /** Address of the platform as people reach it. */
  readonly publicUrl: () => string;
  readonly now?: () => number;
}

export interface SignedIn {
  readonly account: Account;
  /** For the cookie. */
  readonly secret: string;
  readonly expiresAt: number;
}

export interface Access {
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly roles: Roles;
  readonly people: People;
  readonly setup: Setup;
  readonly audit: AuditLog;
  /** Signing in by an OpenID provider; null: there is none. */
  readonly oidc: Oidc | null;
  /** @throws SluiceError `signin.refused`, `signin.too_many` */
  signIn(email: string, password: string, origin: Origin): Promise<SignedIn>;
  /** A session for whoever has proven who they are. */
  admit(account: Account, origin: Origin): Promise<SignedIn>;
  /** @param adminToken  has all scopes and is never stored */
  start(adminToken: string): Promise<void>;
  stop(): Promise<void>;
}

export function createAccess(options: AccessOptions): Access {
  const { records, audit, auditMs, log, publicUrl, now = Date.now } = options;
  const forget = (): void => {
    tokens.forget();
    sessions.forget();
  };
  const accounts: Accounts = new Accounts(records, now, forget);
  const roles = new Roles(records, (role) => accounts.withRole(role), forget);
  const sessions: Sessions = new Sessions(records, accounts, roles, log, now);
  const tokens: Tokens = new Tokens(records, accounts, roles, log, now);
  const passwords = new Passwords();
  const links = new Links(records, publicUrl, now);
  const byAccount = new Attempts(OF_ACCOUNT, now);
  const byAddress = new Attempts(OF_ADDRESS, now);
  const signIn = new SignIn(accounts, passwords, byAccount, byAddress);
  const auditLog = new AuditLog(audit, auditMs, log, now);
  let flushing: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    await tokens.flush();
    await sessions.flush();
    await auditLog.sweep();
  };
  const admit = async (account: Account, origin: Origin): Promise<SignedIn> => {
    const { secret, expiresAt } = await sessions.begin(account.id, origin);
    return { account: await accounts.change(account.id, () => ({ lastSignInAt: now() })), secret, expiresAt };
  };
  return {
    tokens,
    sessions,
    roles,
    people: new People({
      records,
      accounts,
      roles,
      sessions,
      tokens,
      links,
      passwords,
      byAccount,
      byAddress,
      now,
      log,
    }),
    audit: auditLog,
    oidc: options.oidc ? new Oidc(options.oidc, { accounts, roles, publicUrl, log, now }) : null,
    setup: new Setup(accounts, passwords, byAddress),
    admit,
    signIn: async (email, password, origin) =>
      admit(await signIn.withPassword(email, password, origin.address), origin),
    async start(adminToken) {
      await roles.start();
      await accounts.start();
      await sessions.start();
      await tokens.start(adminToken);
      await flush();
      flushing = setInterval(() => void flush(), FLUSH_MS).unref();
    },
    async stop() {
      clearInterval(flushing);
      await flush();
    },
  };
}
