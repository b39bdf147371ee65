// Coming in with a password. What a stranger learns is the same whether there is such an account or not.

import { networkOf, SluiceError } from '@sluice/protocol';
import type { Attempts } from '../passwords/attempts.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { type Account, emailOf, isActive } from './account.ts';
import type { Accounts } from './accounts.ts';

export class SignIn {
  readonly #accounts: Accounts;
  readonly #passwords: Passwords;
  readonly #byAccount: Attempts;
  readonly #byAddress: Attempts;

  constructor(accounts: Accounts, passwords: Passwords, byAccount: Attempts, byAddress: Attempts) {
    this.#accounts = accounts;
    this.#passwords = passwords;
    this.#byAccount = byAccount;
    this.#byAddress = byAddress;
  }

  /** @throws SluiceError `signin.refused`, `signin.too_many` */
  async withPassword(email: string, password: string, address: string): Promise<Account> {
    const network = networkOf(address);
    const name = emailOf(email);
    this.#byAddress.begin(network);
    this.#byAccount.begin(name);
    const account = this.#accounts.byEmail(name);
    const kept = account && isActive(account) ? account.passwordHash : null;
    if (!(await this.#passwords.matches(kept, password))) throw new SluiceError('signin.refused', {});
    this.#byAddress.takeBack(network);
    this.#byAccount.forgive(name);
    return account!;
  }
}
