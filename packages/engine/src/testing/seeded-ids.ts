// Ids and chance from a seed.

import { createHash } from 'node:crypto';
import type { Ids } from '../ports/system.ts';

/** 0 ≤ x < 1, the same row for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The same seed gives the same ids and the same chance. */
export function seededIds(seed: number): Ids {
  let count = 0;
  return {
    process: (at) => `${String(at).padStart(14, '0')}-${String(++count).padStart(6, '0')}`,
    derived: (at, text) =>
      `${String(at).padStart(14, '0')}-${createHash('sha1').update(text).digest('hex').slice(0, 12)}`,
    digest: (text) => createHash('sha1').update(text).digest('base64url').slice(0, 16),
    random: seededRandom(seed),
  };
}
