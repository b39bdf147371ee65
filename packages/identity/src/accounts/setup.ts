// First set-up: the first account, made once. Whoever is not at this machine knows the code that was printed at start.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ADMIN_ROLE, networkOf, type SetupRequest, SluiceError } from '@sluice/protocol';
import type { Attempts } from '../passwords/attempts.ts';
import type { Passwords } from '../passwords/passwords.ts';
import { digestOf } from '../secret/secret.ts';
import type { Account } from './account.ts';
import type { Accounts } from './accounts.ts';

/** No letter that is taken for another one. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export class Setup {
  /** 80 random bits, for this start of the platform. */
  readonly #code = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  readonly #accounts: Accounts;
  readonly #passwords: Passwords;
  readonly #attempts: Attempts;

  constructor(accounts: Accounts, passwords: Passwords, attempts: Attempts) {
    this.#accounts = accounts;
    this.#passwords = passwords;
    this.#attempts = attempts;
  }

  get needed(): boolean {
    return this.#accounts.isEmpty;
  }

  /** What to print at start, or null when there is an account. */
  get code(): string | null {
    return this.needed ? this.#code.replace(/.{4}(?!$)/g, '$&-') : null;
  }

  /**
   * Of several at once, one makes the account.
   * @param trusted  the request comes from this machine, so it needs no code
   * @throws SluiceError `setup.done`, `setup.code`, `signin.too_many`, `account.password_weak`
   */
  async setUp({ email, name, password, code }: SetupRequest, address: string, trusted: boolean): Promise<Account> {
    const mustBeFirst = (): void => {
      if (!this.needed) throw new SluiceError('setup.done', {});
    };
    mustBeFirst();
    if (!trusted) this.#mustKnowCode(code ?? '', address);
    const passwordHash = await this.#passwords.take(password, email);
    const first = { email, name, role: ADMIN_ROLE, passwordHash };
    return this.#accounts.create(first, mustBeFirst);
  }

  #mustKnowCode(code: string, address: string): void {
    const key = networkOf(address);
    this.#attempts.begin(key);
    const given = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
    if (!timingSafeEqual(Buffer.from(digestOf(given)), Buffer.from(digestOf(this.#code))))
      throw new SluiceError('setup.code', {});
    this.#attempts.takeBack(key);
  }
}
