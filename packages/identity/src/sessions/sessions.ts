// Sessions of browsers: a secret in a cookie, its digest here. They end after a time without use, and at the latest after
// a week.

import { randomUUID } from 'node:crypto';
import type { Log, RecordStore } from '@sluice/engine';
import { type OwnSessionView, SluiceError } from '@sluice/protocol';
import type { Accounts } from '../accounts/accounts.ts';
import type { Identity } from '../identity/identity.ts';
import type { Roles } from '../roles/roles.ts';
import { digestOf, newSecret } from '../secret/secret.ts';

const SESSIONS = 'session';
const HOUR_MS = 3_600_000;
export const IDLE_MS = 12 * HOUR_MS;
export const LIFE_MS = 7 * 24 * HOUR_MS;
/** Of one account; beyond, the one that rested longest ends. */
const MOST = 50;
/** How old the stored time of the last use may be. */
const SEEN_MS = 5 * 60_000;

interface StoredSession {
  readonly id: string;
  readonly account: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly userAgent: string;
}

interface Live {
  readonly stored: StoredSession;
  seenAt: number;
  /** Made anew after somebody's access changed. */
  identity: Identity | null;
}

/** Where a request came from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

export class Sessions {
  readonly #records: RecordStore;
  readonly #accounts: Accounts;
  readonly #roles: Roles;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #live = new Map<string, Live>();

  constructor(records: RecordStore, accounts: Accounts, roles: Roles, log: Log, now: () => number) {
    this.#records = records;
    this.#accounts = accounts;
    this.#roles = roles;
    this.#log = log;
    this.#now = now;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredSession>(SESSIONS))
      this.#live.set(key, { stored: value, seenAt: value.seenAt, identity: null });
  }

  /** @returns the secret for the cookie, and until when it may be good */
  async begin(account: string, { address, userAgent }: Origin): Promise<{ secret: string; expiresAt: number }> {
    const secret = newSecret('sls');
    const digest = digestOf(secret);
    const now = this.#now();
    const stored: StoredSession = {
      id: randomUUID(),
      account,
      createdAt: now,
      seenAt: now,
      expiresAt: now + LIFE_MS,
      address,
      userAgent: userAgent.slice(0, 300),
    };
    const tooMany = this.#of(account)
      .sort(([, a], [, b]) => b.seenAt - a.seenAt)
      .slice(MOST - 1);
    await this.#write(
      tooMany.map(([key]) => key),
      [digest, stored],
    );
    return { secret, expiresAt: stored.expiresAt };
  }

  /** @throws SluiceError `session.ended` */
  identify(secret: string): Identity {
    const live = this.#live.get(digestOf(secret));
    const account = live && this.#accounts.active(live.stored.account);
    if (!live || !account || !this.#isGood(live)) throw new SluiceError('session.ended', {});
    live.seenAt = this.#now();
    live.identity ??= {
      kind: 'account',
      tokenId: null,
      name: account.name,
      accountId: account.id,
      sessionId: live.stored.id,
      scopes: this.#roles.scopesOf(account.role),
      expiresAt: live.stored.expiresAt,
      worker: null,
    };
    return live.identity;
  }

  /** Newest use first. */
  list(account: string, current: string | null): OwnSessionView[] {
    return this.#of(account)
      .filter(([, live]) => this.#isGood(live))
      .sort(([, a], [, b]) => b.seenAt - a.seenAt)
      .map(([, { stored, seenAt }]) => ({
        id: stored.id,
        current: stored.id === current,
        createdAt: stored.createdAt,
        lastSeenAt: seenAt,
        expiresAt: Math.min(stored.expiresAt, seenAt + IDLE_MS),
        address: stored.address,
        userAgent: stored.userAgent,
      }));
  }

  /** @throws SluiceError `session.unknown` */
  async end(account: string, id: string): Promise<void> {
    const found = this.#of(account).find(([, { stored }]) => stored.id === id);
    if (!found) throw new SluiceError('session.unknown', { id });
    await this.#write([found[0]]);
  }

  /** @param but  the session that goes on */
  async endAll(account: string, but: string | null = null): Promise<void> {
    const ended = this.#of(account).filter(([, { stored }]) => stored.id !== but);
    await this.#write(ended.map(([digest]) => digest));
  }

  /** Whoever has a session is asked anew what they may. */
  forget(): void {
    for (const live of this.#live.values()) live.identity = null;
  }

  /** Write when sessions were last used, and remove those that ended by themselves. */
  async flush(): Promise<void> {
    const ended = [...this.#live].filter(([, live]) => !this.#isGood(live)).map(([digest]) => digest);
    const used = [...this.#live].filter(
      ([digest, live]) => !ended.includes(digest) && live.seenAt - live.stored.seenAt >= SEEN_MS,
    );
    for (const digest of ended) this.#live.delete(digest);
    const changes = [
      ...ended.map((key) => ({ collection: SESSIONS, key, value: null })),
      ...used.map(([key, { stored, seenAt }]) => ({
        collection: SESSIONS,
        key,
        value: { ...stored, seenAt },
        // One that was ended meanwhile must not come back.
        expected: stored,
      })),
    ];
    if (changes.length === 0) return;
    try {
      await this.#records.write(changes);
    } catch (error) {
      this.#log.warn('The last use of sessions was not written.', { error });
      return;
    }
    for (const [digest, live] of used)
      if (this.#live.get(digest) === live)
        this.#live.set(digest, { ...live, stored: { ...live.stored, seenAt: live.seenAt } });
  }

  async #write(ended: readonly string[], begun?: readonly [string, StoredSession]): Promise<void> {
    if (ended.length === 0 && !begun) return;
    // From now on nobody gets in by them, whatever becomes of the write.
    for (const digest of ended) this.#live.delete(digest);
    await this.#records.write([
      ...ended.map((key) => ({ collection: SESSIONS, key, value: null })),
      ...(begun ? [{ collection: SESSIONS, key: begun[0], value: begun[1], expected: null }] : []),
    ]);
    if (begun) this.#live.set(begun[0], { stored: begun[1], seenAt: begun[1].seenAt, identity: null });
  }

  #isGood({ stored, seenAt }: Live): boolean {
    const now = this.#now();
    return stored.expiresAt > now && seenAt + IDLE_MS > now;
  }

  #of(account: string): [string, Live][] {
    return [...this.#live].filter(([, { stored }]) => stored.account === account);
  }
}
