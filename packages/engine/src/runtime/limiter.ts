// Permits for calls (L1), and the wake-up of those who wait for one.
//
// Queued messages and synchronous callers draw from the same permits. A call may need several: of its node, of its
// application for this user, of its application for all; it gets all of them at once or none.
//
// Who comes first: whoever waits comes before whoever arrives. Where messages and callers wait for the same key, free
// permits go to them by turns, one to the messages, one to the callers; among the messages and among the callers users
// take turns. So neither a long queue nor a stream of callers leaves the other with less than half.
//
// The decision is core/limit.ts, the memory is the limit store, the waiting of messages is the message store, the
// waiting of callers is here. What a remote side says about itself (`pause`) holds for all who use the key, and is remembered.

import { freeAt, HOLD_MS, nextGrant, type Permit, type Policy, policyOf, untilOf } from '../core/limit.ts';
import { Line } from '../core/line.ts';
import type { Message } from '../core/message.ts';
import type { PlanNode } from '../core/plan.ts';
import { inputOf } from './content.ts';
import type { Context } from './context.ts';

/** How long a permit is kept for a message that was released and has not asked yet. */
const PLACE_MS = 60_000;
const MOST_RELEASED = 500;
const MOST_CALLERS = 10_000;
/** Keys that nobody uses are forgotten when there are more than this; the store knows them. */
const MOST_KEYS = 10_000;
/** How long a remote side is left alone that is full and does not say until when. */
const DEFAULT_PAUSE_MS = 10_000;

interface Window {
  readonly policy: Policy;
  permits: Permit[];
  /** Permits that are spoken for, by message or caller, with the instant until which they are kept. */
  readonly places: Map<string, number>;
  /** Callers that wait for a permit of this key. */
  readonly line: Line<Caller>;
  /** Callers that have a place here and wait for another key. */
  readonly placed: Set<Caller>;
  callersTurn: boolean;
  /** The remote side asked to be left alone until then. */
  pausedUntil: number;
  wake: (() => void) | null;
  /** Null = what is stored of it is here. */
  loading: Promise<void> | null;
  releasing: boolean;
}

interface Caller {
  readonly id: string;
  readonly user: string;
  readonly keys: readonly string[];
  readonly windows: readonly Window[];
  readonly deadline: number;
  readonly granted: (grant: Promise<Grant>) => void;
  /** It waits no longer. */
  readonly leave: () => void;
}

interface Grant {
  readonly granted: true;
  /** The call ended. */
  settle(): void;
}

export type Admission = Grant | { readonly granted: false; readonly limitKey: string };
export type Acquired = Grant | { readonly granted: false; readonly retryAfterMs: number };

export interface AcquireOptions {
  /** Users take turns. */
  readonly user: string;
  /** How long the caller may wait for its turn. */
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface LimitFill {
  readonly key: string;
  /** Null: only what the remote side says counts. */
  readonly amount: number | null;
  readonly windowMs: number;
  /** Permits that count at present. */
  readonly taken: number;
  readonly messages: number;
  readonly callers: number;
  /** Epoch ms; null when nobody asked to be left alone. */
  readonly pausedUntil: number | null;
}

const NO_LIMIT: Grant = { granted: true, settle: () => {} };

export class Limiter {
  readonly #context: Context;
  readonly #windows = new Map<string, Window>();
  #callers = 0;
  #lastCaller = 0;
  #running = false;
  #stopped = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Wake those who waited when the engine ended. */
  start(): void {
    this.#running = true;
    for (const key of this.#context.stores.messages.limitedKeys().keys()) this.parked(key);
  }

  stop(): void {
    this.#stopped = true;
    for (const { wake, line, placed } of this.#windows.values()) {
      wake?.();
      for (const caller of placed) caller.leave();
      for (let caller = line.next(); caller; caller = line.next()) caller.leave();
    }
  }

  /** Limit key of a message at a node. */
  async keyOf(node: PlanNode, message: Message): Promise<string> {
    const { amount, windowMs, key } = node.limit!;
    if (key === undefined) return `${amount}/${windowMs}/node:${node.queue.replace(/\/\d+\//, '/')}`;
    const value = await this.#context.expressions.evaluate(key, await inputOf(this.#context, message));
    return `${amount}/${windowMs}/key:${typeof value === 'string' ? value : JSON.stringify(value ?? null)}`;
  }

  /**
   * Ask for one permit of each key. A grant is on disk before it is used; a refusal means the message must be parked
   * under the key.
   * @param id  the message, so that one just released is recognised
   */
  async admit(keys: readonly string[], id: string): Promise<Admission> {
    const windows = await this.#loaded(keys);
    const refusing = this.#refusing(keys, windows, id);
    if (refusing !== null) return { granted: false, limitKey: refusing };
    const grant = await this.#grant(keys, windows, id);
    this.#context.crash('after-grant');
    return grant;
  }

  /** The same for a caller that is not a message: it waits in line here, for as long as it may. */
  async acquire(keys: readonly string[], { user, waitMs, signal }: AcquireOptions): Promise<Acquired> {
    if (keys.length === 0) return NO_LIMIT;
    const windows = await this.#loaded(keys);
    const id = `caller/${++this.#lastCaller}`;
    if (this.#refusing(keys, windows, id) === null) return this.#grant(keys, windows, id);
    const now = this.#context.clock.now();
    const earliest = Math.max(...windows.map((window) => roomAt(window, now)));
    const refusal = (): Acquired => {
      const again = this.#context.clock.now();
      return { granted: false, retryAfterMs: Math.max(0, ...windows.map((window) => roomAt(window, again) - again)) };
    };
    if (waitMs <= 0 || earliest > now + waitMs || this.#callers >= MOST_CALLERS || this.#stopped || signal?.aborted)
      return refusal();
    return new Promise((resolve) => {
      const leave = (): void => {
        ended();
        this.#leave(caller);
        resolve(refusal());
      };
      const cancel = this.#context.clock.at(now + waitMs, leave);
      signal?.addEventListener('abort', leave, { once: true });
      const ended = (): void => {
        cancel();
        signal?.removeEventListener('abort', leave);
      };
      const caller: Caller = {
        id,
        user,
        keys,
        windows,
        deadline: now + waitMs,
        granted: (grant) => {
          ended();
          resolve(grant);
        },
        leave,
      };
      this.#callers++;
      for (const window of windows) window.line.add(user, caller);
      for (const key of keys) this.#plan(key);
    });
  }

  /**
   * The remote side says it is full: nobody uses the key until then.
   * @param untilMs  epoch ms; undefined when it did not say
   */
  async pause(key: string, untilMs: number | undefined): Promise<void> {
    const [window] = await this.#loaded([key]);
    const now = this.#context.clock.now();
    const until = Math.ceil(untilMs ?? now + (window!.policy.windowMs || DEFAULT_PAUSE_MS));
    if (until <= window!.pausedUntil) return;
    window!.pausedUntil = until;
    await this.#context.stores.limits.record([{ key: pauseKey(key), at: until }], 0);
    this.#plan(key);
  }

  /** How full the keys are that are in use here. */
  fill(): LimitFill[] {
    const now = this.#context.clock.now();
    return [...this.#windows].flatMap(([key, { policy, permits, line, placed, pausedUntil }]) => {
      if (untilOf(key) !== null) return [];
      const { amount, windowMs } = policy;
      return {
        key,
        amount: Number.isFinite(amount) ? amount : null,
        windowMs,
        taken: permits.filter((permit) => freeAt(permit, windowMs) > now).length,
        messages: this.#messagesAt(key),
        callers: line.size + placed.size,
        pausedUntil: pausedUntil > now ? pausedUntil : null,
      };
    });
  }

  /** A message waits under this key: see to it that it is woken. */
  parked(limitKey: string): void {
    this.#plan(limitKey);
  }

  /** First key that has no permit for this one now, or null. */
  #refusing(keys: readonly string[], windows: readonly Window[], id: string): string | null {
    const now = this.#context.clock.now();
    // One that was let go under one of its keys has waited already: under the others it stands behind nobody.
    const waited = windows.some(({ places }) => places.has(id));
    for (const [index, key] of keys.entries()) {
      const window = windows[index]!;
      if (!hasRoom(window, id, now)) return key;
      if (!waited && (window.line.size > 0 || this.#messagesAt(key) > 0)) return key;
    }
    return null;
  }

  async #grant(keys: readonly string[], windows: readonly Window[], id: string): Promise<Grant> {
    const now = this.#context.clock.now();
    const permit: Permit = { at: now, settledAt: null };
    const limited: string[] = [];
    let keepMs = 0;
    for (const [index, window] of windows.entries()) {
      window.places.delete(id);
      const { amount, windowMs } = window.policy;
      if (amount === Number.POSITIVE_INFINITY) continue;
      window.permits = window.permits.filter((other) => freeAt(other, windowMs) > now);
      window.permits.push(permit);
      limited.push(keys[index]!);
      keepMs = Math.max(keepMs, windowMs + HOLD_MS);
    }
    if (limited.length === 0) return NO_LIMIT;
    await this.#context.stores.limits.record(
      limited.map((key) => ({ key, at: now })),
      keepMs,
    );
    return {
      granted: true,
      settle: () => {
        permit.settledAt = this.#context.clock.now();
        for (const key of limited) this.#plan(key);
      },
    };
  }

  #leave(caller: Caller): void {
    this.#callers--;
    for (const [index, window] of caller.windows.entries()) {
      window.line.remove(caller.user, caller);
      window.placed.delete(caller);
      if (window.places.delete(caller.id)) this.#plan(caller.keys[index]!);
    }
  }

  /** Messages that wait under a key; nobody wakes them while no processes run, so nobody stands behind them. */
  #messagesAt(key: string): number {
    return this.#running ? (this.#context.stores.messages.limitedKeys().get(key) ?? 0) : 0;
  }

  #plan(limitKey: string): void {
    if (this.#stopped) return;
    const callers = (this.#windows.get(limitKey)?.line.size ?? 0) + (this.#windows.get(limitKey)?.placed.size ?? 0);
    if (callers === 0 && this.#messagesAt(limitKey) === 0) return;
    const until = untilOf(limitKey);
    if (until !== null) {
      this.#wakeAt(limitKey, this.#peek(limitKey), until);
      return;
    }
    const plan = ([window]: Window[]): void => {
      const now = this.#context.clock.now();
      const { amount, windowMs } = window!.policy;
      const free = amount - placesIn(window!, now);
      // When all permits are spoken for, the next settle plans again.
      const at = free > 0 ? nextGrant(window!.permits, free, windowMs, now) : now + windowMs;
      this.#wakeAt(limitKey, window!, Math.max(at, window!.pausedUntil));
    };
    this.#loaded([limitKey]).then(plan, (error: unknown) => {
      this.#context.log.warn('A limit could not be read; it is tried again.', { limitKey, error });
      this.#context.clock.at(this.#context.clock.now() + 1_000, () => this.#plan(limitKey));
    });
  }

  #wakeAt(limitKey: string, window: Window, at: number): void {
    window.wake?.();
    window.wake = this.#context.clock.at(at, () => {
      window.wake = null;
      void this.#serve(limitKey, window);
    });
  }

  /** Give out what is free. */
  async #serve(limitKey: string, window: Window): Promise<void> {
    if (this.#stopped || window.releasing) return;
    window.releasing = true;
    try {
      const count = this.#share(limitKey, window);
      if (count > 0) {
        const ids = await this.#context.stores.messages.releaseLimited(limitKey, count);
        const keptUntil = this.#context.clock.now() + PLACE_MS;
        if (policyOf(limitKey)) for (const id of ids) window.places.set(id, keptUntil);
        this.#context.crash('after-release');
      }
    } catch (error) {
      this.#context.log.warn('Limited messages could not be released; it is tried again.', { limitKey, error });
      this.#wakeAt(limitKey, window, this.#context.clock.now() + 1_000);
      return;
    } finally {
      window.releasing = false;
    }
    this.#plan(limitKey);
    if (untilOf(limitKey) !== null && this.#messagesAt(limitKey) === 0) this.#windows.delete(limitKey);
  }

  /** Serve callers. @returns how many messages may go */
  #share(limitKey: string, window: Window): number {
    const now = this.#context.clock.now();
    const messages = Math.min(this.#messagesAt(limitKey), MOST_RELEASED);
    for (const caller of [...window.placed]) this.#tryCaller(caller);
    let count = 0;
    while (roomAt(window, now, count) <= now) {
      const toCaller = window.line.size > 0 && (window.callersTurn || messages === count);
      if (toCaller) this.#seat(window.line.next()!, window);
      else if (messages > count) count++;
      else break;
      window.callersTurn = !toCaller;
    }
    return count;
  }

  /** A caller's turn: it has a permit here, and goes as soon as it has one of each key. */
  #seat(caller: Caller, window: Window): void {
    window.places.set(caller.id, caller.deadline);
    window.placed.add(caller);
    this.#tryCaller(caller);
  }

  #tryCaller(caller: Caller): void {
    const now = this.#context.clock.now();
    if (!caller.windows.every((window) => hasRoom(window, caller.id, now))) return;
    this.#callers--;
    for (const window of caller.windows) {
      window.line.remove(caller.user, caller);
      window.placed.delete(caller);
    }
    caller.granted(this.#grant(caller.keys, caller.windows, caller.id));
  }

  /** Windows of these keys with what is stored of them. */
  async #loaded(keys: readonly string[]): Promise<Window[]> {
    const windows = keys.map((key) => this.#peek(key));
    for (const { loading } of windows) if (loading !== null) await loading;
    return windows;
  }

  async #load(limitKey: string, window: Window): Promise<void> {
    const { limits } = this.#context.stores;
    const { amount, windowMs } = window.policy;
    const now = this.#context.clock.now();
    const [grants, pauses] = await Promise.all([
      amount === Number.POSITIVE_INFINITY ? [] : limits.since(limitKey, now - windowMs - HOLD_MS),
      limits.since(pauseKey(limitKey), now),
    ]);
    window.permits.unshift(...grants.map(({ at }) => ({ at, settledAt: null })));
    window.pausedUntil = Math.max(window.pausedUntil, ...pauses.map(({ at }) => at));
    window.loading = null;
  }

  #peek(limitKey: string): Window {
    let window = this.#windows.get(limitKey);
    if (!window) {
      if (this.#windows.size >= MOST_KEYS) this.#forgetIdle();
      const policy = policyOf(limitKey);
      window = {
        policy: policy ?? { amount: Number.POSITIVE_INFINITY, windowMs: 0 },
        permits: [],
        places: new Map(),
        line: new Line(),
        placed: new Set(),
        callersTurn: false,
        pausedUntil: 0,
        wake: null,
        loading: null,
        releasing: false,
      };
      this.#windows.set(limitKey, window);
      if (policy)
        window.loading = this.#load(limitKey, window).catch((error: unknown) => {
          // Read again by the next who asks.
          this.#windows.delete(limitKey);
          throw error;
        });
    }
    return window;
  }

  #forgetIdle(): void {
    const now = this.#context.clock.now();
    for (const [key, window] of this.#windows) {
      const { policy, permits, places, line, placed, wake, loading, releasing, pausedUntil } = window;
      const waits = wake !== null || loading !== null || releasing || line.size + placed.size + places.size > 0;
      if (!waits && pausedUntil <= now && permits.every((permit) => freeAt(permit, policy.windowMs) <= now))
        this.#windows.delete(key);
    }
  }
}

const pauseKey = (limitKey: string): string => `paused/${limitKey}`;

/** Permits that are spoken for; places whose time is over are given up. */
function placesIn(window: Window, now: number): number {
  for (const [id, until] of window.places) if (until <= now) window.places.delete(id);
  return window.places.size;
}

/** Earliest instant at which one more permit may be free that nobody has a place for. */
function roomAt(window: Window, now: number, less = 0): number {
  const { amount, windowMs } = window.policy;
  const free = amount - placesIn(window, now) - less;
  const at = free > 0 ? nextGrant(window.permits, free, windowMs, now) : now + Math.max(1, windowMs);
  return Math.max(at, window.pausedUntil);
}

/** Is there a permit for this one now, its own place counted? */
function hasRoom(window: Window, id: string, now: number): boolean {
  if (window.pausedUntil > now) return false;
  const { amount, windowMs } = window.policy;
  if (amount === Number.POSITIVE_INFINITY) return true;
  const places = placesIn(window, now);
  const free = window.places.has(id) ? amount : amount - places;
  return free > 0 && nextGrant(window.permits, free, windowMs, now) <= now;
}
