// Links by which people set a password: an invitation, or a reset. Good once, kept as digests.

import type { RecordChange, RecordStore } from '@sluice/engine';
import { type AccountLink, JOIN_PATH, SluiceError } from '@sluice/protocol';
import { digestOf, newSecret } from '../secret/secret.ts';

const LINKS = 'account-link';
const HOUR_MS = 3_600_000;
const LIFE_MS = { invitation: 72 * HOUR_MS, reset: 24 * HOUR_MS } as const;

export interface StoredLink {
  readonly account: string;
  readonly kind: 'invitation' | 'reset';
  readonly expiresAt: number;
}

export class Links {
  readonly #records: RecordStore;
  readonly #publicUrl: () => string;
  readonly #now: () => number;

  constructor(records: RecordStore, publicUrl: () => string, now: () => number) {
    this.#records = records;
    this.#publicUrl = publicUrl;
    this.#now = now;
  }

  /** Those that the account had before end. */
  async make(account: string, kind: StoredLink['kind']): Promise<AccountLink> {
    const token = newSecret('sll');
    const link: StoredLink = { account, kind, expiresAt: this.#now() + LIFE_MS[kind] };
    await this.#records.write([
      ...(await this.endAll(account)),
      { collection: LINKS, key: digestOf(token), value: link, expected: null },
    ]);
    const url = `${this.#publicUrl().replace(/\/+$/, '')}${JOIN_PATH}#${token}`;
    return { token, url, expiresAt: link.expiresAt };
  }

  /** @throws SluiceError `link.unknown` */
  async find(token: string): Promise<StoredLink> {
    const link = await this.#records.get<StoredLink>(LINKS, digestOf(token));
    if (!link || link.expiresAt <= this.#now()) throw new SluiceError('link.unknown', {});
    return link;
  }

  /** The change that uses a link up: of two at once one is refused. */
  use(token: string, link: StoredLink): RecordChange {
    return { collection: LINKS, key: digestOf(token), value: null, expected: link };
  }

  /** The changes that end what an account has, and what nobody can use any more. */
  async endAll(account: string): Promise<RecordChange[]> {
    const now = this.#now();
    return (await this.#records.list<StoredLink>(LINKS))
      .filter(({ value }) => value.account === account || value.expiresAt <= now)
      .map(({ key }) => ({ collection: LINKS, key, value: null }));
  }
}
