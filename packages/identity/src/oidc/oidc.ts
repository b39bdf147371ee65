// Signing in by an OpenID provider: code flow with PKCE, state and nonce, bound to the browser that began.

import type { Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import * as client from 'openid-client';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { isAdmin, type Roles } from '../roles/roles.ts';
import { type Claims, readClaims } from './claims.ts';

/** Where the provider sends people back to, below the public address. */
export const OIDC_CALLBACK_PATH = '/api/v1/session/oidc/callback';
/** A person may take so long at the provider. */
const PENDING_MS = 10 * 60_000;

export interface OidcOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Claim whose value names a role, or several; null: roles are given here. */
  readonly roleClaim: string | null;
  /** Role of whoever comes uninvited; null: they may not come in. */
  readonly defaultRole: string | null;
}

export interface OidcParts {
  readonly accounts: Accounts;
  readonly roles: Roles;
  readonly publicUrl: () => string;
  readonly log: Log;
  readonly now: () => number;
}

/** What the browser keeps while the person is at the provider; only its own cookie carries it. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  readonly until: number;
}

export class Oidc {
  readonly #options: OidcOptions;
  readonly #parts: OidcParts;
  #provider: Promise<client.Configuration> | null = null;

  constructor(options: OidcOptions, parts: OidcParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /**
   * @param returnTo  path of the platform where the person goes on
   * @returns where to send the browser, and what it must bring back in a cookie
   * @throws SluiceError `oidc.unreachable`
   */
  async begin(returnTo: string): Promise<{ readonly url: string; readonly pending: string }> {
    const provider = await this.#discover();
    const pending: Pending = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      returnTo: ownPath(returnTo),
      until: this.#parts.now() + PENDING_MS,
    };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.#callback(),
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
    });
    return { url: url.href, pending: Buffer.from(JSON.stringify(pending)).toString('base64url') };
  }

  /**
   * @param query  with which the provider sent the browser back
   * @param cookie  what the browser brought
   * @throws SluiceError `oidc.…`
   */
  async finish(query: string, cookie: string | undefined): Promise<{ account: Account; returnTo: string }> {
    const pending = this.#read(cookie);
    const provider = await this.#discover();
    try {
      const answer = await client.authorizationCodeGrant(provider, new URL(`${this.#callback()}${query}`), {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        idTokenExpected: true,
      });
      const said = answer.claims()!;
      // Many providers say who somebody is here and only here.
      const more = provider.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(provider, answer.access_token, said.sub)
        : {};
      const claims = readClaims({ ...more, ...said }, this.#options.roleClaim);
      return { account: await this.#accountOf(claims), returnTo: pending.returnTo };
    } catch (error) {
      throw error instanceof SluiceError ? error : refusal(error, this.#parts.log);
    }
  }

  async #accountOf(claims: Claims): Promise<Account> {
    const { accounts, roles } = this.#parts;
    const { subject, email } = claims;
    const role = claims.roles.find((name) => roles.has(name)) ?? null;
    const known = accounts.bySubject(subject);
    if (known) return this.#comeIn(known, subject, role);
    if (email === null) throw new SluiceError('oidc.no_email', {});
    const invited = accounts.byEmail(email);
    if (invited) return this.#comeIn(invited, subject, role);
    const given = role ?? this.#options.defaultRole;
    if (given === null || !roles.has(given)) throw new SluiceError('oidc.not_invited', { email });
    // Else the first one to come would close the set-up, and nobody would administer.
    if (accounts.isEmpty && !isAdmin(given)) throw new SluiceError('oidc.setup_first', {});
    return accounts.create({ email, name: claims.name ?? email.split('@')[0]!, role: given, oidcSubject: subject });
  }

  /** @param role  that the provider says now; null: it stays */
  async #comeIn({ id }: Account, subject: string, role: string | null): Promise<Account> {
    const { accounts, log } = this.#parts;
    const bound = await accounts.change(id, ({ disabled, oidcSubject }) => {
      if (disabled) throw new SluiceError('oidc.refused', { reason: 'your account here is disabled' });
      if (oidcSubject !== null && oidcSubject !== subject)
        throw new SluiceError('oidc.refused', { reason: 'your e-mail belongs to somebody else there' });
      return { oidcSubject: subject };
    });
    if (role === null || role === bound.role) return bound;
    try {
      return await accounts.change(id, () => ({ role }));
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'account.last_admin') throw error;
      log.warn('The OpenID provider gives the last administrator another role; it stays as it is.', { role });
      return bound;
    }
  }

  /** Asked when somebody comes, so that the platform starts without the provider; what failed is asked again. */
  async #discover(): Promise<client.Configuration> {
    this.#provider ??= this.#ask();
    try {
      return await this.#provider;
    } catch (error) {
      this.#provider = null;
      throw new SluiceError('oidc.unreachable', { reason: wordsOf(error) }, { cause: error });
    }
  }

  async #ask(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const plain = new URL(issuer).protocol === 'http:';
    const found = await client.discovery(new URL(issuer), clientId, undefined, undefined, {
      execute: plain ? [client.allowInsecureRequests] : [],
      timeout: 10,
    });
    const metadata = found.serverMetadata();
    const takesBasic = metadata.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true;
    const proof = takesBasic ? client.ClientSecretBasic(clientSecret) : client.ClientSecretPost(clientSecret);
    const provider = new client.Configuration(metadata, clientId, undefined, proof);
    provider.timeout = 10;
    if (plain) client.allowInsecureRequests(provider);
    return provider;
  }

  #callback(): string {
    return `${this.#parts.publicUrl().replace(/\/+$/, '')}${OIDC_CALLBACK_PATH}`;
  }

  #read(cookie: string | undefined): Pending {
    try {
      const pending = JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()) as Pending;
      if (
        pending.until > this.#parts.now() &&
        typeof pending.state === 'string' &&
        typeof pending.verifier === 'string'
      )
        return { ...pending, returnTo: ownPath(pending.returnTo) };
    } catch {
      // Nothing that was made here: told below.
    }
    throw new SluiceError('oidc.not_begun', {});
  }
}

/** A path of the platform; what leads elsewhere is its first page. */
function ownPath(path: unknown): string {
  const base = 'http://own.invalid';
  if (typeof path !== 'string' || !path.startsWith('/') || !URL.canParse(path, base)) return '/';
  const url = new URL(path, base);
  return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/';
}

const wordsOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error && cause.message ? `${message} (${cause.message})` : message;
  return reason.replace(/[.\s]+$/, '').slice(0, 300);
};

function refusal(error: unknown, log: Log): SluiceError {
  if (error instanceof client.AuthorizationResponseError)
    return new SluiceError('oidc.refused', {
      reason: (error.error_description ?? error.error).slice(0, 300),
    }) as unknown as SluiceError;
  log.warn('A sign-in by the OpenID provider failed.', { error });
  return new SluiceError('oidc.refused', { reason: wordsOf(error) }) as unknown as SluiceError;
}
