// What is done with accounts: by those who administer them, and by each person with the own one.

import type { Log, RecordStore } from '@sluice/engine';
import {
  type AccountLink,
  type LinkAcceptance,
  type LinkView,
  networkOf,
  type PasswordChange,
  type SessionView,
  SluiceError,
  type UserChange,
  type UserInvitation,
  type UserInvited,
  type UserView,
} from '@sluice/protocol';
import type { Identity } from '../identity/identity.ts';
import type { Attempts } from '../passwords/attempts.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { type Actor, mustHave } from '../roles/granting.ts';
import type { Roles } from '../roles/roles.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { type Account, emailOf, isActive, viewOf } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Links } from './links.ts';

/** A person who asked for a new password is not written down again before that. */
const ASK_AGAIN_MS = 3_600_000;

export interface PeopleParts {
  readonly records: RecordStore;
  readonly accounts: Accounts;
  readonly roles: Roles;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly links: Links;
  readonly passwords: Passwords;
  readonly byAccount: Attempts;
  readonly byAddress: Attempts;
  readonly now: () => number;
  readonly log: Log;
}

export class People {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  list(): UserView[] {
    return this.#parts.accounts.list().map(viewOf);
  }

  /** @throws SluiceError `account.unknown` */
  view(id: string): UserView {
    return viewOf(this.#parts.accounts.get(id));
  }

  /** @throws SluiceError `role.unknown`, `auth.beyond_own`, `account.email_taken` */
  async invite(actor: Actor, { email, name, role }: UserInvitation): Promise<UserInvited> {
    const { accounts, links, roles } = this.#parts;
    roles.mayGive(actor, role);
    const account = await accounts.create({ email, name: name ?? emailOf(email).split('@')[0]!, role });
    return { user: viewOf(account), link: await links.make(account.id, 'invitation') };
  }

  /**
   * Whoever is disabled is out at once.
   * @throws SluiceError `account.unknown`, `account.last_admin`, `role.unknown`, `auth.beyond_own`
   */
  async change(actor: Actor, id: string, { name, role, disabled }: UserChange): Promise<UserView> {
    const { accounts, roles } = this.#parts;
    const changed = await accounts.change(id, (account) => {
      this.#mayTouch(actor, account);
      if (role !== undefined) roles.mayGive(actor, role);
      return {
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(disabled === undefined ? {} : { disabled }),
      };
    });
    if (changed.disabled) await this.#shutOut(id);
    return viewOf(changed);
  }

  /** With the sessions and tokens. @throws SluiceError `account.unknown`, `account.last_admin`, `auth.beyond_own` */
  async remove(actor: Actor, id: string): Promise<void> {
    const { accounts, tokens } = this.#parts;
    await accounts.remove(id, (account) => this.#mayTouch(actor, account));
    await this.#shutOut(id);
    await tokens.revokeAll(id);
  }

  /**
   * A link by which the person sets a password; the one before ends.
   * @throws SluiceError `account.unknown`, `account.disabled`, `auth.beyond_own`
   */
  async link(actor: Actor, id: string): Promise<AccountLink> {
    const { accounts, links } = this.#parts;
    const account = await accounts.change(id, (found) => {
      this.#mayTouch(actor, found);
      if (found.disabled) throw new SluiceError('account.disabled', { email: found.email });
      return { resetRequestedAt: null };
    });
    return links.make(id, isActive(account) ? 'reset' : 'invitation');
  }

  /** @throws SluiceError `link.unknown` */
  async linkView(token: string): Promise<LinkView> {
    const { kind, account, expiresAt } = await this.#parts.links.find(token);
    const { email, name, disabled } = this.#parts.accounts.find(account) ?? { disabled: true, email: '', name: '' };
    if (disabled) throw new SluiceError('link.unknown', {});
    return { kind, email, name, expiresAt };
  }

  /**
   * Set the password by a link; sessions of before end.
   * @throws SluiceError `link.unknown`, `account.password_weak`
   */
  async accept({ token, name, password }: LinkAcceptance): Promise<Account> {
    const { accounts, links, passwords, sessions } = this.#parts;
    const { email } = await this.linkView(token);
    const passwordHash = await passwords.take(password, email);
    const link = await links.find(token);
    try {
      const account = await accounts.change(
        link.account,
        ({ disabled }) => {
          if (disabled) throw new SluiceError('link.unknown', {});
          return { passwordHash, resetRequestedAt: null, ...(name === undefined ? {} : { name }) };
        },
        [links.use(token, link)],
      );
      await sessions.endAll(account.id);
      return account;
    } catch (error) {
      // Somebody else used it in the same instant.
      if (error instanceof SluiceError && error.code === 'record.conflict') throw new SluiceError('link.unknown', {});
      throw error;
    }
  }

  /**
   * Note that a person wants a new password: those who administer see it. Nothing tells whether there is such an account.
   * @throws SluiceError `signin.too_many`
   */
  askForReset(email: string, address: string): void {
    const { accounts, byAddress, now, log } = this.#parts;
    byAddress.begin(networkOf(address));
    const account = accounts.byEmail(email);
    if (!account || account.disabled) return;
    if (account.resetRequestedAt !== null && now() - account.resetRequestedAt < ASK_AGAIN_MS) return;
    // Nobody waits for it: how long it takes would tell that there is an account.
    accounts
      .change(account.id, () => ({ resetRequestedAt: now() }))
      .catch((error: unknown) => log.warn('A request for a new password was not noted.', { error }));
  }

  /** Who asks. */
  who({ kind, tokenId, name, accountId, scopes, expiresAt }: Identity): SessionView {
    const account = accountId === null ? undefined : this.#parts.accounts.find(accountId);
    return {
      account: account ? viewOf(account) : null,
      token: kind === 'token' ? { id: tokenId!, name } : null,
      role: kind === 'account' ? (account?.role ?? null) : null,
      scopes: [...scopes],
      expiresAt,
    };
  }

  async rename(id: string, name: string): Promise<UserView> {
    return viewOf(await this.#parts.accounts.change(id, () => ({ name })));
  }

  /**
   * All other sessions of the person end.
   * @param session  the one that goes on
   * @throws SluiceError `account.password_wrong`, `account.password_weak`, `signin.too_many`
   */
  async changePassword(id: string, session: string, { current, password }: PasswordChange): Promise<void> {
    const { accounts, byAccount, passwords, sessions, links } = this.#parts;
    const { email, passwordHash: before } = accounts.get(id);
    if (before !== null) {
      byAccount.begin(email);
      if (!(await passwords.matches(before, current ?? ''))) throw new SluiceError('account.password_wrong', {});
      byAccount.forgive(email);
    }
    const passwordHash = await passwords.take(password, email);
    const stale = await links.endAll(id);
    await accounts.change(
      id,
      (account) => {
        // Judged against a password that is not the present one any more.
        if (account.passwordHash !== before) throw new SluiceError('account.password_wrong', {});
        return { passwordHash, resetRequestedAt: null };
      },
      stale,
    );
    await sessions.endAll(id, session);
  }

  async #shutOut(id: string): Promise<void> {
    const { records, sessions, links } = this.#parts;
    await sessions.endAll(id);
    const stale = await links.endAll(id);
    if (stale.length > 0) await records.write(stale);
  }

  /** Whoever may less must not get at an account that may more. */
  #mayTouch(actor: Actor, account: Account): void {
    mustHave(actor, this.#parts.roles.scopesOf(account.role));
  }
}
