// What a signature takes from outside, so that signing itself is arithmetic.

import { randomBytes } from 'node:crypto';

export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Never the same twice, and nobody's guess. */
  readonly nonce: string;
}

export function momentOf(now: number): Moment {
  return { now, nonce: randomBytes(16).toString('hex') };
}
