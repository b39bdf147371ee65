// One golden folder, played and compared with its journal.

import { type Compared, compare } from '../journal/compare.ts';
import { readGolden } from './folder.ts';
import { type PlayOptions, playGolden } from './play.ts';

export type GoldenResult = Compared | { readonly result: 'broken'; readonly error: Error };

/**
 * Never rejects: what is broken about a folder is a result as well.
 * @param update  write the journal instead of comparing it
 */
export async function checkGolden(
  folder: string,
  { update = false, ...options }: PlayOptions & { readonly update?: boolean } = {},
): Promise<GoldenResult> {
  try {
    const golden = await readGolden(folder);
    return compare(await playGolden(golden, options), golden.journal, update);
  } catch (error) {
    return { result: 'broken', error: error as Error };
  }
}
