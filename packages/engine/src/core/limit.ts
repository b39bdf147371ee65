// Permits in a sliding window (L1), and the texts by which limits are known.
//
// A remote service counts requests when they arrive, somewhere between the grant and the end of the call. So a permit
// is taken from its grant until one window after the call settled, at most HOLD_MS later than the grant: whatever the
// network does within that time, the remote never sees more than `amount` in any window.
//
// A key carries its policy in its text, so that a restart needs nothing but the keys to go on.

/** Longest time a permit waits for its call to settle before its window runs anyway. */
export const HOLD_MS = 1_000;

export interface Permit {
  readonly at: number;
  /** When the call settled; null while it runs. */
  settledAt: number | null;
}

export interface Policy {
  /** Infinite where nobody named a limit: such a key waits only when the remote side said so. */
  readonly amount: number;
  readonly windowMs: number;
}

/** Instant from which the permit counts no more. */
export function freeAt(permit: Permit, windowMs: number): number {
  const anchor = Math.min(permit.settledAt ?? Number.POSITIVE_INFINITY, permit.at + Math.min(HOLD_MS, windowMs));
  return anchor + windowMs;
}

/**
 * May one more call be made now?
 * @param permits  of this key, any order
 * @returns `now` when yes; else the earliest instant at which asking again makes sense
 */
export function nextGrant(permits: readonly Permit[], amount: number, windowMs: number, now: number): number {
  const taken: number[] = [];
  for (const permit of permits) {
    const free = freeAt(permit, windowMs);
    if (free > now) taken.push(free);
  }
  if (taken.length < amount) return now;
  taken.sort((a, b) => a - b);
  return taken[taken.length - amount]!;
}

/**
 * Key of what an application declares; without an amount, of what its service may say.
 * @param user  null = all users share it
 */
export function applicationKey(application: string, user: string | null, policy?: Policy): string {
  const { amount, windowMs } = policy ?? { amount: Number.POSITIVE_INFINITY, windowMs: 0 };
  return `${amount}/${windowMs}/app:${application}${user === null ? '' : `/user:${user}`}`;
}

/** Policy of a key, or null when it waits for one instant only. */
export function policyOf(limitKey: string): Policy | null {
  const [amount, windowMs] = limitKey.split('/', 2);
  return amount === 'until' ? null : { amount: Number(amount), windowMs: Number(windowMs) };
}

export function untilOf(limitKey: string): number | null {
  return limitKey.startsWith('until/') ? Number(limitKey.split('/', 2)[1]) : null;
}
