// Tokens are renewed once, whoever asks and however many (B9).
//
//   ready ──claim──► refreshing(intent) ──answer──► ready        every arrow is a write that expects what was read
//                        │
//                        ├─ the provider said no, or it surely was not asked ──► ready, with a pause
//                        └─ it may have been asked, and the answer is missing ──► ready when asking again is safe,
//                                                                                 broken when it could revoke everything
//
// The intent is durable before the request leaves. A holder that ends leaves it behind; after its time others settle it. A
// holder that was only slow, and gets its answer after all, mends what others declared broken.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@sluice/engine';
import { type AccessToken, SluiceError } from '@sluice/protocol';
import { ProviderFailure } from '../provider/failure.ts';
import type { Intent, Pause, ProviderToken, TokenRecord } from './record.ts';
import { isAlive, isStale } from './record.ts';
import type { TokenSource } from './source.ts';
import type { TokenStore } from './store.ts';

export interface Timing {
  /** For the answer of a provider: long, because a late answer is still the only way to the next token. */
  readonly requestMs: number;
  /** Callers wait so long, and are told to come again. */
  readonly waitMs: number;
  /** More than that after `requestMs`, a holder is gone. */
  readonly graceMs: number;
  /** Between looks at what another process does. */
  readonly lookMs: number;
}

export const DEFAULT_TIMING: Timing = { requestMs: 120_000, waitMs: 20_000, graceMs: 15_000, lookMs: 100 };

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const REFUSED_PAUSE_MS = 60_000;
const INVALID_GRANT =
  /^(invalid_grant|(bad|invalid|expired|revoked)_(refresh_)?token|(refresh_)?token_(expired|revoked))$/i;

export interface Owner {
  readonly application: string;
  readonly user: string;
  /** Of the install: grows with its settings. */
  readonly revision: number;
}

export interface KeeperParts {
  readonly store: TokenStore;
  readonly now: () => number;
  readonly log: Log;
  readonly timing: Timing;
  /** A token was replaced, or the install broke: what workers know is old. */
  readonly changed: (application: string, user: string) => void;
}

export class TokenKeeper {
  readonly #parts: KeeperParts;
  /** This process, as others see it. */
  readonly #holder = randomUUID();
  readonly #flights = new Map<string, Promise<TokenRecord>>();
  /** Asked, or not yet written down. */
  readonly #open = new Set<Promise<unknown>>();

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /**
   * A token that is good for a while.
   * @param rejected  revision of the one that the service refused
   * @throws SluiceError `install.not_authorised`, `authorisation.unavailable`, `authorisation.incomplete`
   */
  async token(owner: Owner, source: TokenSource, rejected?: number): Promise<AccessToken> {
    const { store, now } = this.#parts;
    const record = await store.get(owner);
    if (!record && !source.fromCredentials) throw notAuthorised(owner, 'nobody has agreed to it yet.');
    if (record && this.#isOfUse(record, rejected)) return this.#view(record);
    try {
      const renewed = await this.#patiently(owner, this.#flight(owner, source, rejected));
      // The flight began for somebody whose token was only old.
      return renewed.revision === rejected ? await this.token(owner, source, rejected) : this.#view(renewed);
    } catch (error) {
      // It was only to end soon: it serves as long as it lives.
      const present = error instanceof SluiceError ? await store.get(owner) : null;
      if (present && present.state !== 'broken' && present.revision !== rejected && isAlive(present, now()))
        return this.#view(present);
      throw error;
    }
  }

  /** Good for a while; or alive, while somebody sees to the next one. */
  #isOfUse(record: TokenRecord, rejected?: number): boolean {
    const now = this.#parts.now();
    if (record.secrets === null || record.state === 'broken' || record.revision === rejected) return false;
    return record.state === 'refreshing' ? isAlive(record, now) : !isStale(record, now);
  }

  /** What a person agreed to. */
  async put(owner: Owner, token: ProviderToken): Promise<void> {
    const { store } = this.#parts;
    for (;;) {
      const before = await store.get(owner);
      // What was learned of the provider stays true.
      const after = this.#readyWith(owner, token, before, before?.rotates ?? null);
      if (await store.replace(owner, before, after)) break;
    }
    this.#parts.changed(owner.application, owner.user);
  }

  /** @returns the token that was forgotten */
  async remove(owner: Omit<Owner, 'revision'>): Promise<ProviderToken | null> {
    const { store } = this.#parts;
    for (;;) {
      const before = await store.get(owner);
      if (!before) return null;
      if (!(await store.replace(owner, before, null))) continue;
      this.#parts.changed(owner.application, owner.user);
      return store.open(before);
    }
  }

  /** As it stands; questions of holders that are gone are settled. */
  async settled(owner: Owner, fromCredentials: boolean): Promise<TokenRecord | null> {
    for (;;) {
      const record = await this.#parts.store.get(owner);
      if (record?.state !== 'refreshing' || !this.#isDead(record)) return record;
      await this.#settleDead(record, fromCredentials);
    }
  }

  /**
   * Settle what holders that are gone have left.
   * @param alone  no other process uses the store: whatever is not ours is gone
   * @param isFromCredentials  by application
   */
  async recover(alone: boolean, isFromCredentials: (application: string) => boolean): Promise<void> {
    for (const record of await this.#parts.store.list())
      if (record.state === 'refreshing' && ((alone && record.intent?.holder !== this.#holder) || this.#isDead(record)))
        await this.#settleDead(record, isFromCredentials(record.application));
  }

  /** Everything that was asked is answered and written down. */
  async idle(): Promise<void> {
    while (this.#open.size > 0) await Promise.allSettled(this.#open);
  }

  #flight(owner: Owner, source: TokenSource, rejected?: number): Promise<TokenRecord> {
    const key = `${owner.application}\n${owner.user}`;
    const known = this.#flights.get(key);
    if (known) return known;
    const flight = this.#renewed(owner, source, rejected).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    this.#open.add(flight);
    flight.then(
      () => this.#open.delete(flight),
      () => this.#open.delete(flight),
    );
    return flight;
  }

  /** The answer may take long; the caller is told to come again, and the question goes on. */
  async #patiently<T>(owner: Owner, work: Promise<T>): Promise<T> {
    const stop = new AbortController();
    const { waitMs } = this.#parts.timing;
    const late = pause(waitMs, null, { signal: stop.signal }).then(() => {
      throw unavailable(owner, `the provider has not answered within ${waitMs} ms, and is still waited for.`);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      stop.abort();
      late.catch(() => {});
    }
  }

  async #renewed(owner: Owner, source: TokenSource, rejected?: number): Promise<TokenRecord> {
    const { now, timing } = this.#parts;
    const givesUp = performance.now() + timing.waitMs;
    for (;;) {
      const record = await this.settled(owner, source.fromCredentials);
      if (!record && !source.fromCredentials) throw notAuthorised(owner, 'the authorisation was withdrawn.');
      if (record?.state === 'broken') throw notAuthorised(owner, record.reason ?? 'it has to be agreed to again.');
      if (record?.state === 'refreshing') {
        if (performance.now() > givesUp) throw unavailable(owner, 'another process is asking the provider for it.');
        await pause(timing.lookMs);
        continue;
      }
      if (record && record.secrets !== null && isGood(record, rejected, now())) return record;
      if (record && !source.fromCredentials && !record.renewable) return this.#ended(owner, record, rejected);
      if (record?.pause) this.#mindPause(owner, record.pause);
      const claimed = await this.#claim(owner, record);
      if (claimed) return this.#ask(owner, source, claimed);
    }
  }

  async #claim(owner: Owner, record: TokenRecord | null): Promise<TokenRecord | null> {
    const { store, now, timing } = this.#parts;
    const since = now();
    const intent: Intent = {
      id: randomUUID(),
      holder: this.#holder,
      since,
      until: since + timing.requestMs + timing.graceMs,
    };
    const before = record ?? nothingYet(owner);
    const claimed: TokenRecord = { ...before, state: 'refreshing', intent };
    return (await store.replace(owner, record, claimed)) ? claimed : null;
  }

  async #ask(owner: Owner, source: TokenSource, claimed: TokenRecord): Promise<TokenRecord> {
    const before = this.#parts.store.open(claimed);
    let token: ProviderToken;
    try {
      token = await source.renew(before);
    } catch (error) {
      return this.#failed(owner, source, claimed, error);
    }
    const replaced = token.refreshToken !== null && token.refreshToken !== before?.refreshToken;
    const rotates = source.fromCredentials ? null : replaced || (claimed.rotates ?? false);
    const kept = { ...token, refreshToken: token.refreshToken ?? before?.refreshToken ?? null };
    return this.#answered(owner, source, claimed, this.#readyWith(owner, kept, claimed, rotates));
  }

  /** Write down the only copy there is of a token: over a store in trouble, and over what others thought meanwhile. */
  async #answered(owner: Owner, source: TokenSource, claimed: TokenRecord, ready: TokenRecord): Promise<TokenRecord> {
    const { store, log, changed } = this.#parts;
    const { application, user } = owner;
    let expected: TokenRecord = claimed;
    for (let attempt = 1; ; ) {
      try {
        if (await store.replace(owner, expected, ready)) {
          changed(application, user);
          return ready;
        }
      } catch (error) {
        log.error('A token could not be stored.', { application, user, attempt, error });
        if (attempt++ >= 10) throw error;
        await pause(Math.min(100 * 2 ** attempt, 5_000));
        continue;
      }
      const now = await store.get(owner);
      // Sealed again under another key, or declared lost while it was only late: it is still our question.
      if (now && now.intent?.id === claimed.intent!.id) expected = now;
      else {
        // Agreed to anew: with many providers, to give back what is old would take the new with it.
        if (now) return now;
        await source.revoke(store.open(ready)!).catch(() => {});
        throw notAuthorised(owner, 'the authorisation was withdrawn.');
      }
    }
  }

  async #failed(owner: Owner, source: TokenSource, claimed: TokenRecord, error: unknown): Promise<TokenRecord> {
    const { application, user } = owner;
    if (!(error instanceof ProviderFailure)) {
      // It was not asked at all: the install lacks something.
      await this.#back(claimed, { ...claimed, state: 'ready', intent: null });
      throw error;
    }
    this.#parts.log.warn('A provider gave no token.', { application, user, kind: error.kind, reason: error.message });
    if (error.kind === 'lost' && !(await this.#mayRepeat(claimed, source.fromCredentials))) {
      const reason = lostWords(claimed.intent!, error.message);
      await this.#back(claimed, { ...claimed, state: 'broken', reason });
      throw notAuthorised(owner, reason);
    }
    if (error.kind === 'refused' && INVALID_GRANT.test(error.code) && !source.fromCredentials) {
      const reason = `the provider no longer accepts what was agreed to (${error.message}).`;
      await this.#back(claimed, { ...claimed, state: 'broken', intent: null, reason });
      throw notAuthorised(owner, reason);
    }
    const paused = this.#pauseAfter(owner, claimed, error);
    await this.#back(claimed, { ...claimed, state: 'ready', intent: null, pause: paused });
    throw paused.kind === 'refused' ? notAuthorised(owner, paused.reason) : unavailable(owner, paused.reason);
  }

  /** The state goes back, unless others were faster. */
  async #back(claimed: TokenRecord, after: TokenRecord): Promise<void> {
    const { store, changed } = this.#parts;
    const written = await store.replace(claimed, claimed, after);
    if (written && after.state === 'broken') changed(claimed.application, claimed.user);
  }

  #pauseAfter(owner: Owner, { pause: last }: TokenRecord, { kind, message, retryAfterMs }: ProviderFailure): Pause {
    const failures = (last?.failures ?? 0) + 1;
    const waitMs =
      kind === 'refused' ? REFUSED_PAUSE_MS : (retryAfterMs ?? FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10));
    return {
      kind: kind === 'refused' ? 'refused' : 'unavailable',
      reason: message,
      until: this.#parts.now() + Math.min(waitMs, LONGEST_PAUSE_MS),
      installRevision: owner.revision,
      failures,
    };
  }

  #mindPause(owner: Owner, { kind, until, reason, installRevision }: Pause): void {
    if (until <= this.#parts.now() || installRevision !== owner.revision) return;
    throw kind === 'refused' ? notAuthorised(owner, reason) : unavailable(owner, reason);
  }

  /** There is no way to another token. */
  async #ended(owner: Owner, record: TokenRecord, rejected?: number): Promise<TokenRecord> {
    const { store, now } = this.#parts;
    // Soon is not yet.
    if (record.revision !== rejected && isAlive(record, now())) return record;
    const why = isAlive(record, now()) ? 'the service no longer accepts the token' : 'the token has ended';
    const reason = `${why}, and the provider gave nothing to renew it with.`;
    const written = await store.replace(record, record, { ...record, state: 'broken', reason });
    if (written) this.#parts.changed(record.application, record.user);
    throw notAuthorised(owner, reason);
  }

  #isDead({ intent }: TokenRecord): boolean {
    return intent === null || intent.until <= this.#parts.now();
  }

  async #settleDead(record: TokenRecord, fromCredentials: boolean): Promise<void> {
    const { store, log, changed } = this.#parts;
    const { application, user } = record;
    const safe = await this.#mayRepeat(record, fromCredentials);
    const reason = record.intent ? lostWords(record.intent, 'the platform ended before the answer was stored') : null;
    const after: TokenRecord = safe
      ? { ...record, state: 'ready', intent: null }
      : { ...record, state: 'broken', reason };
    if (!(await store.replace(record, record, after))) return;
    log.warn('A process that asked a provider for a token is gone.', { application, user, authoriseAgain: !safe });
    changed(application, user);
  }

  /** Asking again uses up nothing. What other installs of the application have seen counts, too; who knows nothing waits. */
  async #mayRepeat({ application, rotates }: TokenRecord, fromCredentials: boolean): Promise<boolean> {
    if (fromCredentials) return true;
    if (rotates !== null) return !rotates;
    const seen = (await this.#parts.store.list(application)).map((one) => one.rotates);
    return seen.includes(false) && !seen.includes(true);
  }

  #readyWith(owner: Owner, token: ProviderToken, before: TokenRecord | null, rotates: boolean | null): TokenRecord {
    const now = this.#parts.now();
    return {
      application: owner.application,
      user: owner.user,
      state: 'ready',
      revision: Math.max((before?.revision ?? 0) + 1, now),
      secrets: this.#parts.store.seal(owner, token),
      obtainedAt: now,
      expiresAt: token.expiresAt,
      renewable: token.refreshToken !== null,
      rotates,
      intent: null,
      reason: null,
      pause: null,
    };
  }

  #view(record: TokenRecord): AccessToken {
    const { refreshToken: _, ...token } = this.#parts.store.open(record)!;
    return { revision: record.revision, ...token };
  }
}

const isGood = (record: TokenRecord, rejected: number | undefined, now: number): boolean =>
  record.revision !== rejected && !isStale(record, now);

const nothingYet = ({ application, user }: Owner): TokenRecord => ({
  application,
  user,
  state: 'ready',
  revision: 0,
  secrets: null,
  obtainedAt: 0,
  expiresAt: null,
  renewable: false,
  rotates: null,
  intent: null,
  reason: null,
  pause: null,
});

const lostWords = ({ since }: Intent, why: string): string =>
  `the provider was asked for a new token at ${new Date(since).toISOString()}, and its answer is missing (${why}). It may have replaced the refresh token; asking again with the old one could revoke all access, so nobody did.`;

const notAuthorised = ({ application, user }: Owner, reason: string): SluiceError =>
  new SluiceError('install.not_authorised', { application, user, reason });

const unavailable = ({ application, user }: Owner, reason: string): SluiceError =>
  new SluiceError('authorisation.unavailable', { application, user, reason });
