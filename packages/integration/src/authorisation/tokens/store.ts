// Tokens at rest: one record each, its secrets sealed to its place. Every write says what it expects to be there: of two
// processes that decide at once, one learns that it was too late.

import type { RecordStore } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import { installKey } from '../../installs/store.ts';
import type { Vault } from '../../vault/vault.ts';
import type { ProviderToken, TokenRecord } from './record.ts';

const COLLECTION = 'token-of-install';

interface Place {
  readonly application: string;
  readonly user: string;
}

export class TokenStore {
  readonly #records: RecordStore;
  readonly #vault: Vault;

  constructor(records: RecordStore, vault: Vault) {
    this.#records = records;
    this.#vault = vault;
  }

  get({ application, user }: Place): Promise<TokenRecord | null> {
    return this.#records.get<TokenRecord>(COLLECTION, installKey(application, user));
  }

  async list(application?: string): Promise<TokenRecord[]> {
    const prefix = application === undefined ? '' : `${encodeURIComponent(application)}/`;
    return (await this.#records.list<TokenRecord>(COLLECTION, prefix)).map(({ value }) => value);
  }

  /**
   * @param before  what must be there; null for nothing
   * @param after  null removes
   * @returns false when something else was there: nothing was written
   */
  async replace(place: Place, before: TokenRecord | null, after: TokenRecord | null): Promise<boolean> {
    const key = installKey(place.application, place.user);
    try {
      await this.#records.write([{ collection: COLLECTION, key, value: after, expected: before }]);
      return true;
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'record.conflict') return false;
      throw error;
    }
  }

  seal(place: Place, token: ProviderToken): string {
    return this.#vault.seal(JSON.stringify(token), placeOf(place));
  }

  /** @returns null before the first token. @throws SluiceError `vault.wrong_key` */
  open(record: TokenRecord): ProviderToken | null {
    return record.secrets === null
      ? null
      : (JSON.parse(this.#vault.open(record.secrets, placeOf(record))) as ProviderToken);
  }

  /** Seal again what is sealed under a former key. @returns how many */
  async rotate(): Promise<number> {
    let count = 0;
    for (const listed of await this.list())
      for (let record: TokenRecord | null = listed; record?.secrets && this.#vault.isOld(record.secrets); ) {
        const secrets = this.seal(record, this.open(record)!);
        if (await this.replace(record, record, { ...record, secrets })) {
          count++;
          break;
        }
        // Renewed meanwhile, by this key or by the former one.
        record = await this.get(record);
      }
    return count;
  }
}

const placeOf = ({ application, user }: Place): string => `${COLLECTION}/${installKey(application, user)}`;
