// Passwords: Argon2id, as many at once as this machine can bear.

import { hash, verify } from '@node-rs/argon2';
import { SluiceError } from '@sluice/protocol';

/** 19 MiB, two passes: the least that is recommended, some 30 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MIN_LENGTH = 10;
const MAX_LENGTH = 200;
/** Hashing runs in the threads that also read files. */
const AT_ONCE = 2;
const MAX_WAITING = 50;
const RETRY_MS = 2_000;

export class Passwords {
  /** What the password of nobody is compared with, so that it takes as long. */
  #decoy: Promise<string> | null = null;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /**
   * @returns what to keep
   * @throws SluiceError `account.password_weak`, `signin.too_many`
   */
  async take(password: string, email: string): Promise<string> {
    const reason = weakness(password, email);
    if (reason !== null) throw new SluiceError('account.password_weak', { reason });
    return this.#inTurn(() => hash(password, COST));
  }

  /** Takes the same time whether there is one to compare with or not. @throws SluiceError `signin.too_many` */
  async matches(kept: string | null, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      this.#decoy ??= hash('nobody has this password', COST);
      const same = await verify(kept ?? (await this.#decoy), password);
      return same && kept !== null;
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING) throw new SluiceError('signin.too_many', { retryAfterMs: RETRY_MS });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      // The place goes to the next one who waits.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

/** Why a password is not good enough, or null. */
function weakness(password: string, email: string): string | null {
  const length = [...password].length;
  if (length < MIN_LENGTH) return `it has ${length} characters, at least ${MIN_LENGTH} are needed`;
  if (length > MAX_LENGTH) return `it has more than ${MAX_LENGTH} characters`;
  if (new Set(password).size < 4) return 'it repeats the same few characters';
  const lower = password.toLowerCase();
  const [local = ''] = email.split('@');
  if (lower === email.toLowerCase() || lower === local.toLowerCase()) return 'it is your e-mail';
  return null;
}
