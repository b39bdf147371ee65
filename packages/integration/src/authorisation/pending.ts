// What was begun and waits for a person to come back. The state is known by its digest only, good once, and not for long.

import { createHash, randomBytes } from 'node:crypto';
import type { RecordStore } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import type { Vault } from '../vault/vault.ts';

const COLLECTION = 'authorisation-begun';
export const PENDING_MS = 600_000;
/** Of one install; those begun before the last few are forgotten. */
const MOST_OF_ONE = 5;

/** What the answer is worth nothing without. */
export interface PendingSecrets {
  readonly verifier: string | null;
  readonly redirectUri: string;
  /** Of OAuth 1.0a. */
  readonly requestToken?: { readonly token: string; readonly secret: string };
}

export interface Begun extends PendingSecrets {
  readonly application: string;
  readonly user: string;
  readonly returnTo: string | null;
}

interface StoredBegun {
  readonly application: string;
  readonly user: string;
  readonly returnTo: string | null;
  readonly begunAt: number;
  readonly secrets: string;
}

export const newState = (): string => randomBytes(32).toString('base64url');
const digestOf = (state: string): string => createHash('sha256').update(state).digest('base64url');
const placeOf = (key: string): string => `${COLLECTION}/${key}`;

export class PendingAuthorisations {
  readonly #records: RecordStore;
  readonly #vault: Vault;
  readonly #now: () => number;

  constructor(records: RecordStore, vault: Vault, now: () => number) {
    this.#records = records;
    this.#vault = vault;
    this.#now = now;
  }

  /** @returns until when the state is good */
  async begin(state: string, { application, user, returnTo, ...secrets }: Begun): Promise<number> {
    const key = digestOf(state);
    const begunAt = this.#now();
    const value: StoredBegun = {
      application,
      user,
      returnTo,
      begunAt,
      secrets: this.#vault.seal(JSON.stringify(secrets), placeOf(key)),
    };
    await this.#sweep(application, user, MOST_OF_ONE - 1);
    await this.#records.write([{ collection: COLLECTION, key, value, expected: null }]);
    return begunAt + PENDING_MS;
  }

  /** @returns what the state was made for; null when it is unknown, too old, or was used before */
  async take(state: string): Promise<Begun | null> {
    const key = digestOf(state);
    const found = await this.#records.get<StoredBegun>(COLLECTION, key);
    if (!found) return null;
    if (!(await this.#replace(key, found, null))) return null;
    if (found.begunAt + PENDING_MS <= this.#now()) return null;
    const { application, user, returnTo, secrets } = found;
    const opened = JSON.parse(this.#vault.open(secrets, placeOf(key))) as PendingSecrets;
    return { application, user, returnTo, ...opened };
  }

  /** Seal again what is sealed under a former key. @returns how many */
  async rotate(): Promise<number> {
    let count = 0;
    for (const { key, value } of await this.#records.list<StoredBegun>(COLLECTION)) {
      if (!this.#vault.isOld(value.secrets)) continue;
      const secrets = this.#vault.seal(this.#vault.open(value.secrets, placeOf(key)), placeOf(key));
      if (await this.#replace(key, value, { ...value, secrets })) count++;
    }
    return count;
  }

  forget(application: string, user: string): Promise<void> {
    return this.#sweep(application, user, 0);
  }

  /** @returns false when it is gone */
  async #replace(key: string, expected: StoredBegun, value: StoredBegun | null): Promise<boolean> {
    try {
      await this.#records.write([{ collection: COLLECTION, key, value, expected }]);
      return true;
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'record.conflict') return false;
      throw error;
    }
  }

  /** Without those that are too old, and of this install with so many of the newest only. */
  async #sweep(application: string, user: string, keep: number): Promise<void> {
    const now = this.#now();
    const all = await this.#records.list<StoredBegun>(COLLECTION);
    const own = all
      .filter(({ value }) => value.application === application && value.user === user)
      .sort((a, b) => b.value.begunAt - a.value.begunAt)
      .slice(keep);
    const gone = new Set(
      [...all.filter(({ value }) => value.begunAt + PENDING_MS <= now), ...own].map(({ key }) => key),
    );
    if (gone.size > 0)
      await this.#records.write([...gone].map((key) => ({ collection: COLLECTION, key, value: null })));
  }
}
