// A journal beside the one that was expected.

import { AssertionError } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch } from 'diff';

export interface Comparison {
  /** Write the file instead; default: whether `SLUICE_UPDATE` is 1. */
  readonly update?: boolean;
  readonly seed?: number | undefined;
}

/** @throws AssertionError with the difference in its message */
export function compareWithFile(journal: string, file: string | URL, { update, seed }: Comparison = {}): void {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (expected === journal) return;
  if (update ?? process.env.SLUICE_UPDATE === '1') {
    writeFileSync(path, journal);
    return;
  }
  const why =
    expected === null
      ? `There is no journal ${path} yet. This is what happened; run again with SLUICE_UPDATE=1 to keep it:\n\n${journal}`
      : `The flow did not run as ${basename(path)} says:\n\n${difference(expected, journal)}\nWhen the new one is right, run again with SLUICE_UPDATE=1.`;
  throw new AssertionError({
    message: seed === undefined ? why : `${why}\n(seed ${seed})`,
    actual: journal,
    expected: expected ?? '',
    operator: 'expectJournal',
  });
}

/** Lines that are missing (-) and lines that are new (+), with some around them. */
export function difference(expected: string, actual: string): string {
  return createTwoFilesPatch('expected', 'actual', expected, actual, '', '', { context: 3 }).replace(/^=+\n/, '');
}
