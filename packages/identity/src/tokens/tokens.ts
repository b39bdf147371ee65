// API tokens: shown once, stored as digests, with scopes. A token of a person never may more than that person.

import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Log, RecordStore } from '@sluice/engine';
import {
  SCOPES,
  type Scope,
  SluiceError,
  type TokenCreated,
  type TokenRequest,
  type TokenView,
} from '@sluice/protocol';
import type { Accounts } from '../accounts/accounts.ts';
import type { Identity } from '../identity/identity.ts';
import { mustHave } from '../roles/granting.ts';
import type { Roles } from '../roles/roles.ts';
import { digestOf, newSecret } from '../secret/secret.ts';

const TOKENS = 'token';
/** When a token was last used, apart from it: the one is written by people, the other by use. */
const USES = 'token-use';
/** How old the stored time of the last use may be. */
const USED_MS = 3_600_000;
const MAX_CACHED = 10_000;

interface StoredToken {
  readonly name: string;
  readonly digest: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** The token may only join as this worker. */
  readonly worker: string | null;
  /** Account that made it; those of before, and of the platform itself, have none. */
  readonly owner?: string | null;
}

interface Known {
  readonly id: string;
  readonly stored: StoredToken;
  /** Only in memory: of this process and for it. */
  readonly unstored: boolean;
  /** Since the last time it was looked. */
  used: boolean;
}

interface Seen {
  readonly known: Known;
  readonly identity: Identity;
}

export class Tokens {
  readonly #records: RecordStore;
  readonly #accounts: Accounts;
  readonly #roles: Roles;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #byDigest = new Map<string, Known>();
  readonly #lastUsed = new Map<string, number>();
  /** Answers already given, because a digest for every request is the larger part of checking one. */
  readonly #seen = new Map<string, Seen>();

  constructor(records: RecordStore, accounts: Accounts, roles: Roles, log: Log, now: () => number) {
    this.#records = records;
    this.#accounts = accounts;
    this.#roles = roles;
    this.#log = log;
    this.#now = now;
  }

  /** @param adminToken  has all scopes and is never stored */
  async start(adminToken: string): Promise<void> {
    this.#admitInMemory('admin', 'SLUICE_ADMIN_TOKEN', adminToken, SCOPES);
    for (const { key, value } of await this.#records.list<StoredToken>(TOKENS)) this.#admit(key, value);
    for (const { key, value } of await this.#records.list<number>(USES)) this.#lastUsed.set(key, value);
  }

  /** A token by which this process asks itself; it is never stored and ends with the process. */
  inside(name: string, scopes: readonly Scope[]): string {
    const token = newSecret('slc');
    this.#admitInMemory(`inside:${name}`, name, token, scopes);
    return token;
  }

  /** @throws SluiceError `auth.missing`, `auth.unknown_token` */
  identify(token: string | undefined): Identity {
    if (!token) throw new SluiceError('auth.missing', {});
    let seen = this.#seen.get(token);
    if (!seen) {
      seen = this.#look(token);
      if (this.#seen.size >= MAX_CACHED) this.#seen.clear();
      this.#seen.set(token, seen);
    }
    const { identity, known } = seen;
    if (identity.expiresAt !== null && identity.expiresAt <= this.#now())
      throw new SluiceError('auth.unknown_token', {});
    known.used = true;
    return identity;
  }

  /**
   * @param worker  it may only join as this one
   * @param maker  who asks for it; without one it is the platform itself
   * @throws SluiceError `auth.beyond_own`
   */
  async create(
    { name, scopes, expiresAt }: TokenRequest,
    worker: string | null = null,
    maker?: Identity,
  ): Promise<TokenCreated> {
    if (maker) mustHave(maker, scopes);
    const id = randomUUID();
    const token = newSecret('slc');
    const stored: StoredToken = {
      name,
      digest: digestOf(token),
      scopes: [...new Set(scopes)],
      createdAt: this.#now(),
      expiresAt: expiresAt ?? null,
      worker,
      owner: maker?.accountId ?? null,
    };
    await this.#records.write([{ collection: TOKENS, key: id, value: stored }]);
    this.#admit(id, stored);
    return { ...this.#view(id, stored), token };
  }

  list(): TokenView[] {
    return [...this.#byDigest.values()]
      .filter(({ unstored }) => !unstored)
      .map(({ id, stored }) => this.#view(id, stored))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** @throws SluiceError `token.unknown` */
  view(id: string): TokenView {
    return this.#view(id, this.#mustKnow(id).stored);
  }

  /** @throws SluiceError `token.unknown`, `auth.beyond_own` for one that is not the asker's and may more */
  async revoke(id: string, asker?: Identity): Promise<void> {
    const { stored } = this.#mustKnow(id);
    const own = asker !== undefined && asker.accountId !== null && asker.accountId === stored.owner;
    if (asker && !own) mustHave(asker, stored.scopes);
    await this.#end([[id, stored]]);
  }

  /** The tokens of an account that is gone. */
  async revokeAll(owner: string): Promise<void> {
    const theirs = [...this.#byDigest.values()].filter(({ stored }) => stored.owner === owner);
    if (theirs.length > 0) await this.#end(theirs.map(({ id, stored }) => [id, stored]));
  }

  /** Whoever comes with a token is asked anew what they may. */
  forget(): void {
    this.#seen.clear();
  }

  /** Write when tokens were last used. */
  async flush(): Promise<void> {
    const now = this.#now();
    const changes = [];
    for (const known of this.#byDigest.values()) {
      if (!known.used || known.unstored) continue;
      known.used = false;
      if (now - (this.#lastUsed.get(known.id) ?? Number.NEGATIVE_INFINITY) < USED_MS) continue;
      this.#lastUsed.set(known.id, now);
      changes.push({ collection: USES, key: known.id, value: now });
    }
    if (changes.length === 0) return;
    try {
      await this.#records.write(changes);
    } catch (error) {
      this.#log.warn('The last use of tokens was not written.', { error });
    }
  }

  #look(token: string): Seen {
    const digest = digestOf(token);
    let known: Known | undefined;
    for (const [one, candidate] of this.#byDigest)
      if (one.length === digest.length && timingSafeEqual(Buffer.from(one), Buffer.from(digest))) known = candidate;
    if (!known) throw new SluiceError('auth.unknown_token', {});
    const { id, stored } = known;
    const owner = stored.owner ?? null;
    const account = owner === null ? null : this.#accounts.active(owner);
    if (account === undefined) throw new SluiceError('auth.unknown_token', {});
    const most = account && this.#roles.scopesOf(account.role);
    const identity: Identity = {
      kind: 'token',
      tokenId: id,
      name: account ? `${stored.name} (${account.name})` : stored.name,
      accountId: owner,
      sessionId: null,
      scopes: new Set(most ? stored.scopes.filter((scope) => most.has(scope)) : stored.scopes),
      expiresAt: stored.expiresAt,
      worker: stored.worker,
    };
    return { known, identity };
  }

  #mustKnow(id: string): Known {
    for (const known of this.#byDigest.values()) if (known.id === id && !known.unstored) return known;
    throw new SluiceError('token.unknown', { id });
  }

  async #end(tokens: readonly (readonly [string, StoredToken])[]): Promise<void> {
    await this.#records.write(
      tokens.flatMap(([key]) => [
        { collection: TOKENS, key, value: null },
        { collection: USES, key, value: null },
      ]),
    );
    for (const [id, { digest }] of tokens) {
      this.#byDigest.delete(digest);
      this.#lastUsed.delete(id);
    }
    this.#seen.clear();
  }

  #admitInMemory(id: string, name: string, token: string, scopes: readonly Scope[]): void {
    const times = { createdAt: this.#now(), expiresAt: null };
    this.#admit(id, { name, digest: digestOf(token), scopes, ...times, worker: null, owner: null }, true);
  }

  #admit(id: string, stored: StoredToken, unstored = false): void {
    this.#byDigest.set(stored.digest, { id, stored, unstored, used: false });
  }

  #view(id: string, { name, scopes, createdAt, expiresAt, owner }: StoredToken): TokenView {
    const account = owner ? this.#accounts.find(owner) : undefined;
    return {
      id,
      name,
      scopes: [...scopes],
      createdAt,
      expiresAt,
      lastUsedAt: this.#lastUsed.get(id) ?? null,
      owner: account ? { id: account.id, name: account.name } : null,
    };
  }
}
