// Permits for calls (L1), and the wake-up of those who wait for one.
//
// The decision is core/limit.ts, the memory is the limit store, the waiting is the message store. A key carries its
// policy in its text, so that a restart needs nothing but the keys to go on.

import { freeAt, HOLD_MS, nextGrant, type Permit } from '../core/limit.ts';
import type { Message } from '../core/message.ts';
import type { PlanNode } from '../core/plan.ts';
import { inputOf } from './content.ts';
import type { Context } from './context.ts';

interface Window {
  permits: Permit[];
  /** Released messages that have not asked yet; their permits are spoken for. */
  readonly released: Set<string>;
  wake: (() => void) | null;
  loading: Promise<void> | null;
  releasing: boolean;
}

interface Policy {
  readonly amount: number;
  readonly windowMs: number;
}

export type Admission =
  | { readonly granted: true; settle(): void }
  | { readonly granted: false; readonly limitKey: string };

export class Limiter {
  readonly #context: Context;
  readonly #windows = new Map<string, Window>();
  #stopped = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Wake those who waited when the engine ended. */
  start(): void {
    for (const key of this.#context.stores.messages.limitedKeys().keys()) this.parked(key);
  }

  stop(): void {
    this.#stopped = true;
    for (const window of this.#windows.values()) window.wake?.();
  }

  /** Limit key of a message at a node; the text tells the policy. */
  async keyOf(node: PlanNode, message: Message): Promise<string> {
    const { amount, windowMs, key } = node.limit!;
    if (key === undefined) return `${amount}/${windowMs}/node:${node.queue.replace(/\/\d+\//, '/')}`;
    const value = await this.#context.expressions.evaluate(key, await inputOf(this.#context, message));
    return `${amount}/${windowMs}/key:${typeof value === 'string' ? value : JSON.stringify(value ?? null)}`;
  }

  /**
   * Ask for one permit. A grant is on disk before it is used; a refusal means the message must be parked under the key.
   * @param id  the message, so that one just released is recognised
   */
  async admit(limitKey: string, id: string): Promise<Admission> {
    const { amount, windowMs } = policyOf(limitKey)!;
    const window = await this.#window(limitKey, windowMs);
    const now = this.#context.clock.now();
    const wasReleased = window.released.delete(id);
    const waiting = this.#context.stores.messages.limitedKeys().get(limitKey) ?? 0;
    // Newcomers queue up behind those who wait, and leave the permits of released ones alone.
    const free = wasReleased ? amount : waiting > 0 ? 0 : amount - window.released.size;
    if (free <= 0 || nextGrant(window.permits, free, windowMs, now) > now) return { granted: false, limitKey };
    const permit: Permit = { at: now, settledAt: null };
    window.permits = window.permits.filter((other) => freeAt(other, windowMs) > now);
    window.permits.push(permit);
    await this.#context.stores.limits.record([{ key: limitKey, at: now }], windowMs + HOLD_MS);
    this.#context.crash('after-grant');
    return {
      granted: true,
      settle: () => {
        permit.settledAt = this.#context.clock.now();
        this.#plan(limitKey);
      },
    };
  }

  /** A message waits under this key: see to it that it is woken. */
  parked(limitKey: string): void {
    this.#plan(limitKey);
  }

  #plan(limitKey: string): void {
    if (this.#stopped || !this.#context.stores.messages.limitedKeys().has(limitKey)) return;
    const until = untilOf(limitKey);
    if (until !== null) {
      this.#wakeAt(limitKey, until);
      return;
    }
    const policy = policyOf(limitKey);
    if (!policy) return;
    void this.#window(limitKey, policy.windowMs).then((window) => {
      const free = policy.amount - window.released.size;
      const now = this.#context.clock.now();
      // When all permits are spoken for, the next settle plans again.
      if (free > 0) this.#wakeAt(limitKey, nextGrant(window.permits, free, policy.windowMs, now));
      else this.#wakeAt(limitKey, now + policy.windowMs);
    });
  }

  #wakeAt(limitKey: string, at: number): void {
    const window = this.#peek(limitKey);
    window.wake?.();
    window.wake = this.#context.clock.at(at, () => {
      window.wake = null;
      void this.#release(limitKey, window);
    });
  }

  async #release(limitKey: string, window: Window): Promise<void> {
    if (this.#stopped || window.releasing) return;
    window.releasing = true;
    try {
      const count = this.#releasable(limitKey, window);
      if (count > 0) {
        const ids = await this.#context.stores.messages.releaseLimited(limitKey, Math.min(count, 500));
        if (policyOf(limitKey)) for (const id of ids) window.released.add(id);
        this.#context.crash('after-release');
      }
    } catch (error) {
      this.#context.log.warn('Limited messages could not be released; it is tried again.', { limitKey, error });
      window.wake = this.#context.clock.at(
        this.#context.clock.now() + 1_000,
        () => void this.#release(limitKey, window),
      );
      return;
    } finally {
      window.releasing = false;
    }
    if (this.#context.stores.messages.limitedKeys().has(limitKey)) this.#plan(limitKey);
    else if (untilOf(limitKey) !== null) this.#windows.delete(limitKey);
  }

  /** How many may run now. */
  #releasable(limitKey: string, window: Window): number {
    const policy = policyOf(limitKey);
    if (!policy) return Number.MAX_SAFE_INTEGER;
    const now = this.#context.clock.now();
    let count = 0;
    const free = policy.amount - window.released.size;
    while (count < free && nextGrant(window.permits, free - count, policy.windowMs, now) <= now) count++;
    return count;
  }

  async #window(limitKey: string, windowMs: number): Promise<Window> {
    const window = this.#peek(limitKey);
    if (window.loading === null) window.loading = this.#load(limitKey, window, windowMs);
    await window.loading;
    return window;
  }

  async #load(limitKey: string, window: Window, windowMs: number): Promise<void> {
    const since = this.#context.clock.now() - windowMs - HOLD_MS;
    const grants = await this.#context.stores.limits.since(limitKey, since);
    window.permits.unshift(...grants.map(({ at }) => ({ at, settledAt: null })));
  }

  #peek(limitKey: string): Window {
    let window = this.#windows.get(limitKey);
    if (!window) {
      window = { permits: [], released: new Set(), wake: null, loading: null, releasing: false };
      this.#windows.set(limitKey, window);
    }
    return window;
  }
}

function policyOf(limitKey: string): Policy | null {
  const [amount, windowMs] = limitKey.split('/', 2);
  return amount === 'until' ? null : { amount: Number(amount), windowMs: Number(windowMs) };
}

function untilOf(limitKey: string): number | null {
  return limitKey.startsWith('until/') ? Number(limitKey.split('/', 2)[1]) : null;
}
