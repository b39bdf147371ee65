// Passwords of consumers: hashed slowly, a few at once, and each right one once only.

import { createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { SluiceError } from '@sluice/protocol';

/** 32 MiB, some 80 ms. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const BYTES = 32;
/** Hashing runs in the threads that also read files. */
const AT_ONCE = 2;
const MAX_WAITING = 50;
const RETRY_MS = 2_000;
const MAX_VERIFIED = 10_000;

export class Passwords {
  readonly #verified = new Set<string>();
  readonly #underway = new Map<string, Promise<boolean>>();
  /** Of this process only: what is remembered is of no use to anybody else. */
  readonly #pepper = randomBytes(32);
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @returns what to keep: `scrypt$<salt>$<hash>` */
  async take(password: string): Promise<string> {
    const salt = randomBytes(16);
    const hash = await this.#inTurn(() => derive(password, salt));
    return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  }

  /**
   * Takes the same time whether there is one to compare with or not.
   * @param kept  what `take` gave; null when there is no such user
   * @param attempt  called before it is hashed, and not when the same password was right before or is being hashed already
   * @throws SluiceError `gateway.too_many_attempts` when more wait than this machine can bear
   */
  matches(kept: string | null, password: string, attempt: () => void): boolean | Promise<boolean> {
    const mark = createHmac('sha256', this.#pepper).update(`${kept}\0${password}`).digest('base64url');
    if (this.#verified.has(mark)) return true;
    const before = this.#underway.get(mark);
    if (before) return before;
    attempt();
    const judged = this.#inTurn(() => this.#compare(kept, password)).finally(() => this.#underway.delete(mark));
    this.#underway.set(mark, judged);
    return judged.then((same) => {
      if (same) this.#remember(mark);
      return same;
    });
  }

  async #compare(kept: string | null, password: string): Promise<boolean> {
    const [, salt = '', hash = ''] = kept?.split('$') ?? [];
    const made = await derive(password, kept === null ? this.#pepper : Buffer.from(salt, 'base64url'));
    const known = Buffer.from(hash, 'base64url');
    return timingSafeEqual(made, known.length === BYTES ? known : Buffer.alloc(BYTES)) && kept !== null;
  }

  #remember(mark: string): void {
    if (this.#verified.size >= MAX_VERIFIED) this.#verified.delete(this.#verified.values().next().value!);
    this.#verified.add(mark);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING)
        throw new SluiceError('gateway.too_many_attempts', { retryAfterMs: RETRY_MS });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      // Whoever waits takes this place, so the number that runs stays as it is.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, salt, BYTES, COST as ScryptOptions, (error, hash) => (error ? reject(error) : resolve(hash))),
  );
}
