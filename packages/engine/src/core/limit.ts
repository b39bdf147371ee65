// Permits in a sliding window (L1).
//
// A remote service counts requests when they arrive, somewhere between the grant and the end of the call. So a permit
// is taken from its grant until one window after the call settled, at most HOLD_MS later than the grant: whatever the
// network does within that time, the remote never sees more than `amount` in any window.

/** Longest time a permit waits for its call to settle before its window runs anyway. */
export const HOLD_MS = 1_000;

export interface Permit {
  readonly at: number;
  /** When the call settled; null while it runs. */
  settledAt: number | null;
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
