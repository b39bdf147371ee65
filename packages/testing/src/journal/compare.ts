// A journal beside the file that says what it must be.

import { AssertionError } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch } from 'diff';

export type Compared =
  | { readonly result: 'same' | 'written' }
  /** `expected` is null when there is no file yet. */
  | { readonly result: 'different'; readonly expected: string | null; readonly difference: string };

/** @param update  write what is different, instead of saying so */
export function compare(journal: string, file: string, update: boolean): Compared {
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (expected === journal) return { result: 'same' };
  if (!update) return { result: 'different', expected, difference: difference(expected ?? '', journal) };
  writeFileSync(file, journal);
  return { result: 'written' };
}

/**
 * The same for a test: `SLUICE_UPDATE=1` writes.
 * @throws AssertionError with the difference in its message
 */
export function expectSame(journal: string, file: string | URL, seed?: number): void {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const compared = compare(journal, path, process.env.SLUICE_UPDATE === '1');
  if (compared.result !== 'different') return;
  const { expected } = compared;
  const why =
    expected === null
      ? `There is no journal ${path} yet. This is what happened; run again with SLUICE_UPDATE=1 to keep it:\n\n${journal}`
      : `The flow did not run as ${path} says:\n\n${compared.difference}\nWhen the new one is right, run again with SLUICE_UPDATE=1.`;
  throw new AssertionError({
    message: seed === undefined ? why : `${why}\n(seed ${seed})`,
    actual: journal,
    expected: expected ?? '',
    operator: 'expectJournal',
  });
}

/** Lines that are missing (-) and lines that are new (+), with some around them. */
function difference(expected: string, actual: string): string {
  return createTwoFilesPatch('expected', 'actual', expected, actual, '', '', { context: 3 }).replace(/^=+\n/, '');
}
