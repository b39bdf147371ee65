// When does a message that failed run again, and when is it enough?

import type { Repeat } from '@sluice/topology';

/**
 * Delay before the next attempt.
 *
 * @param used    calls already made, at least 1
 * @param jitter  0 ≤ jitter < 1, supplied by the caller so that tests are exact; spreads the delay over 90 to 110 %
 * @returns milliseconds, or `'give-up'` when the policy allows no further attempt
 * @example redeliveryDelay({ attempts: 5, delayMs: 1_000, factor: 2, maxDelayMs: 60_000 }, 3, 0.5) // 4_000
 */
export function redeliveryDelay(policy: Repeat, used: number, jitter: number): number | 'give-up' {
  if (used >= policy.attempts) return 'give-up';
  const exact = Math.min(policy.delayMs * policy.factor ** (used - 1), policy.maxDelayMs);
  return Math.round(exact * (0.9 + 0.2 * jitter));
}
