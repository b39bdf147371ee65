// API tokens: shown once, stored as digests, with scopes. A token is 256 random bits, so a plain digest is enough.

import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { RecordStore } from '@sluice/engine';
import {
  SCOPES,
  type Scope,
  SluiceError,
  type TokenCreated,
  type TokenRequest,
  type TokenView,
} from '@sluice/protocol';

const TOKENS = 'token';

interface StoredToken {
  readonly name: string;
  readonly digest: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** The token may only join as this worker. */
  readonly worker: string | null;
}

export interface Identity {
  readonly tokenId: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly expiresAt: number | null;
  readonly worker: string | null;
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const MAX_CACHED = 10_000;

export class Tokens {
  readonly #records: RecordStore;
  readonly #byDigest = new Map<string, Identity>();
  /** Answers already given, because a digest for every request is the larger part of checking one. */
  readonly #seen = new Map<string, Identity>();

  constructor(records: RecordStore) {
    this.#records = records;
  }

  /** @param adminToken  has all scopes and is never stored */
  async start(adminToken: string): Promise<void> {
    this.#byDigest.set(digestOf(adminToken), {
      tokenId: 'admin',
      scopes: new Set(SCOPES),
      expiresAt: null,
      worker: null,
    });
    for (const { key, value } of await this.#records.list<StoredToken>(TOKENS)) this.#admit(key, value);
  }

  /** @throws SluiceError `auth.missing`, `auth.unknown_token` */
  identify(token: string | undefined): Identity {
    if (!token) throw new SluiceError('auth.missing', {});
    let identity = this.#seen.get(token);
    if (!identity) {
      const digest = digestOf(token);
      for (const [known, candidate] of this.#byDigest)
        if (known.length === digest.length && timingSafeEqual(Buffer.from(known), Buffer.from(digest)))
          identity = candidate;
      if (!identity) throw new SluiceError('auth.unknown_token', {});
      if (this.#seen.size >= MAX_CACHED) this.#seen.clear();
      this.#seen.set(token, identity);
    }
    if (identity.expiresAt !== null && identity.expiresAt <= Date.now())
      throw new SluiceError('auth.unknown_token', {});
    return identity;
  }

  async create({ name, scopes, expiresAt }: TokenRequest, worker: string | null = null): Promise<TokenCreated> {
    const id = randomUUID();
    const token = `slc_${randomBytes(32).toString('base64url')}`;
    const stored: StoredToken = {
      name,
      digest: digestOf(token),
      scopes,
      createdAt: Date.now(),
      expiresAt: expiresAt ?? null,
      worker,
    };
    await this.#records.write([{ collection: TOKENS, key: id, value: stored }]);
    this.#admit(id, stored);
    return { ...view(id, stored), token };
  }

  async list(): Promise<TokenView[]> {
    return (await this.#records.list<StoredToken>(TOKENS)).map(({ key, value }) => view(key, value));
  }

  async revoke(id: string): Promise<void> {
    const stored = await this.#records.get<StoredToken>(TOKENS, id);
    if (!stored) throw new SluiceError('token.unknown', { id });
    await this.#records.write([{ collection: TOKENS, key: id, value: null }]);
    this.#byDigest.delete(stored.digest);
    this.#seen.clear();
  }

  #admit(id: string, { digest, scopes, expiresAt, worker }: StoredToken): void {
    this.#byDigest.set(digest, { tokenId: id, scopes: new Set(scopes), expiresAt, worker });
  }
}

function view(id: string, { name, scopes, createdAt, expiresAt }: StoredToken): TokenView {
  return { id, name, scopes: [...scopes], createdAt, expiresAt, lastUsedAt: null, owner: null };
}
