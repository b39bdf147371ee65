// All accounts, in memory and in the store. Every change is made in turn and written before it is true.

import { randomUUID } from 'node:crypto';
import type { RecordChange, RecordStore } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { isAdmin } from '../roles/roles.ts';
import { Turns } from '../turns/turns.ts';
import { type Account, emailOf, isActive, type StoredAccount } from './account.ts';

const ACCOUNTS = 'account';
/** Account of each e-mail, so that there are never two. */
const EMAILS = 'account-email';

export class Accounts {
  readonly #records: RecordStore;
  readonly #now: () => number;
  /** Somebody is called otherwise, may do something else from now on, or nothing any more. */
  readonly #changed: () => void;
  readonly #byId = new Map<string, Account>();
  readonly #byEmail = new Map<string, string>();
  readonly #turns = new Turns();

  constructor(records: RecordStore, now: () => number, changed: () => void) {
    this.#records = records;
    this.#now = now;
    this.#changed = changed;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredAccount>(ACCOUNTS)) this.#keep(key, value);
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** An account that can be signed in to, or undefined. */
  active(id: string): Account | undefined {
    const account = this.#byId.get(id);
    return account && isActive(account) ? account : undefined;
  }

  find(id: string): Account | undefined {
    return this.#byId.get(id);
  }

  /** @throws SluiceError `account.unknown` */
  get(id: string): Account {
    const account = this.#byId.get(id);
    if (!account) throw new SluiceError('account.unknown', { id });
    return account;
  }

  byEmail(email: string): Account | undefined {
    const id = this.#byEmail.get(emailOf(email));
    return id === undefined ? undefined : this.#byId.get(id);
  }

  bySubject(subject: string): Account | undefined {
    return this.list().find((account) => account.oidcSubject === subject);
  }

  /** By e-mail. */
  list(): Account[] {
    return [...this.#byId.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
  }

  withRole(role: string): number {
    return this.list().filter((account) => account.role === role).length;
  }

  /**
   * @param fields  what is not the same for every new account
   * @param when  asked in turn, so that it is still so when the account is written
   * @throws SluiceError `account.email_taken`, what `when` throws
   */
  create(
    fields: Pick<StoredAccount, 'email' | 'name' | 'role'> & Partial<StoredAccount>,
    when: () => void = () => {},
  ): Promise<Account> {
    return this.#turns.take(async () => {
      when();
      const email = emailOf(fields.email);
      if (this.#byEmail.has(email)) throw new SluiceError('account.email_taken', { email });
      const id = randomUUID();
      const stored: StoredAccount = {
        disabled: false,
        passwordHash: null,
        oidcSubject: null,
        lastSignInAt: null,
        resetRequestedAt: null,
        createdAt: this.#now(),
        ...fields,
        email,
      };
      await this.#records.write([
        { collection: ACCOUNTS, key: id, value: stored, expected: null },
        { collection: EMAILS, key: email, value: id, expected: null },
      ]);
      return this.#keep(id, stored);
    });
  }

  /**
   * @param decide  what becomes of it, asked in turn
   * @param also  written with it, all or nothing
   * @throws SluiceError `account.unknown`, `account.last_admin`, what `decide` throws
   */
  change(
    id: string,
    decide: (account: Account) => Partial<Omit<StoredAccount, 'email'>>,
    also: readonly RecordChange[] = [],
  ): Promise<Account> {
    return this.#turns.take(async () => {
      const { id: _, ...before } = this.get(id);
      const after: StoredAccount = { ...before, ...decide({ id, ...before }) };
      if (!isActive(after) || !isAdmin(after.role)) this.#mustNotBeLast(id);
      await this.#records.write([{ collection: ACCOUNTS, key: id, value: after, expected: before }, ...also]);
      const kept = this.#keep(id, after);
      this.#changed();
      return kept;
    });
  }

  /**
   * @param when  asked in turn
   * @throws SluiceError `account.unknown`, `account.last_admin`, what `when` throws
   */
  remove(id: string, when: (account: Account) => void): Promise<void> {
    return this.#turns.take(async () => {
      const account = this.get(id);
      when(account);
      const { email } = account;
      this.#mustNotBeLast(id);
      await this.#records.write([
        { collection: ACCOUNTS, key: id, value: null },
        { collection: EMAILS, key: email, value: null },
      ]);
      this.#byId.delete(id);
      this.#byEmail.delete(email);
      this.#changed();
    });
  }

  #mustNotBeLast(id: string): void {
    const admins = this.list().filter((account) => isAdmin(account.role) && isActive(account));
    if (admins.length === 1 && admins[0]!.id === id)
      throw new SluiceError('account.last_admin', { email: admins[0]!.email });
  }

  #keep(id: string, stored: StoredAccount): Account {
    const account = { id, ...stored };
    this.#byId.set(id, account);
    this.#byEmail.set(stored.email, id);
    return account;
  }
}
