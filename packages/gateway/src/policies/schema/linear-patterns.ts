// Regular expressions of schemas, matched in time that grows with the text and no faster.
//
// JavaScript's own engine backtracks: `^(a+)+$` takes it minutes for a few dozen letters of a hostile client, and nothing
// else runs meanwhile. So patterns run in RE2, which has no backtracking; what RE2 has no word for is refused when a route is saved.

import { RE2JS } from 're2js';

/** Longer texts match no pattern: linear is not free. */
const MOST_CHARACTERS = 100_000;

/** @throws Error saying what is wrong with the pattern */
export function linearPattern(pattern: string): (text: string) => boolean {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (cause) {
    throw new Error(
      `the pattern "${pattern}" cannot be matched in linear time (no look-around, no back-references): ${(cause as Error).message}`,
      { cause },
    );
  }
  return (text) => text.length <= MOST_CHARACTERS && compiled.test(text);
}

/** Begins at the start, has no groups and at most one repetition without end: no engine has much to choose there. */
export function isPlainPattern(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const endless = bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return bare.startsWith('^') && !/[()|]/.test(bare) && endless <= 1;
}
