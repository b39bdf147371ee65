// Installs at rest: one record each, what was filled in sealed to its place.

import type { RecordStore } from '@sluice/engine';
import { type Json, type Settings, SluiceError } from '@sluice/protocol';
import type { Vault } from '../vault/vault.ts';

const COLLECTION = 'install';

export interface StoredInstall {
  readonly application: string;
  readonly user: string;
  readonly enabled: boolean;
  readonly revision: number;
  readonly settings: Settings;
  readonly clear: Readonly<Record<string, Json>>;
  readonly createdAt: number;
  readonly changedAt: number;
}

type Kept = Omit<StoredInstall, 'settings'> & { readonly settings: string };

/** Key of everything that belongs to an install. */
export const installKey = (application: string, user: string): string =>
  `${encodeURIComponent(application)}/${encodeURIComponent(user)}`;
const placeOf = (key: string): string => `${COLLECTION}/${key}`;

export class InstallStore {
  readonly #records: RecordStore;
  readonly #vault: Vault;

  constructor(records: RecordStore, vault: Vault) {
    this.#records = records;
    this.#vault = vault;
  }

  async get(application: string, user: string): Promise<StoredInstall | null> {
    const key = installKey(application, user);
    const kept = await this.#records.get<Kept>(COLLECTION, key);
    return kept && this.#opened(key, kept);
  }

  async list(application?: string): Promise<StoredInstall[]> {
    const prefix = application === undefined ? '' : `${encodeURIComponent(application)}/`;
    const rows = await this.#records.list<Kept>(COLLECTION, prefix);
    return rows.map(({ key, value }) => this.#opened(key, value));
  }

  /** Who has what, without opening what is sealed. */
  async owners(application?: string): Promise<Pick<StoredInstall, 'application' | 'user' | 'enabled'>[]> {
    const prefix = application === undefined ? '' : `${encodeURIComponent(application)}/`;
    const rows = await this.#records.list<Kept>(COLLECTION, prefix);
    return rows.map(({ value: { application, user, enabled } }) => ({ application, user, enabled }));
  }

  async put(install: StoredInstall): Promise<void> {
    const key = installKey(install.application, install.user);
    const value: Kept = { ...install, settings: this.#vault.seal(JSON.stringify(install.settings), placeOf(key)) };
    await this.#records.write([{ collection: COLLECTION, key, value }]);
  }

  async remove(application: string, user: string): Promise<void> {
    await this.#records.write([{ collection: COLLECTION, key: installKey(application, user), value: null }]);
  }

  /** Seal again what is sealed under a former key. @returns how many */
  async rotate(): Promise<number> {
    let count = 0;
    for (const { key, value } of await this.#records.list<Kept>(COLLECTION))
      for (let kept: Kept | null = value; kept !== null && this.#vault.isOld(kept.settings); ) {
        const settings = this.#vault.seal(this.#vault.open(kept.settings, placeOf(key)), placeOf(key));
        if (await this.#replace(key, kept, { ...kept, settings })) {
          count++;
          break;
        }
        // Saved meanwhile.
        kept = await this.#records.get<Kept>(COLLECTION, key);
      }
    return count;
  }

  /** @returns false when something else was there */
  async #replace(key: string, expected: Kept, value: Kept): Promise<boolean> {
    try {
      await this.#records.write([{ collection: COLLECTION, key, value, expected }]);
      return true;
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'record.conflict') return false;
      throw error;
    }
  }

  #opened(key: string, kept: Kept): StoredInstall {
    return { ...kept, settings: JSON.parse(this.#vault.open(kept.settings, placeOf(key))) as Settings };
  }
}
