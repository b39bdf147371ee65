// `sluice topology test`: plays golden folders in this process. Needs no platform.

import { checkGolden, goldenFolders } from '@sluice/testing';
import { EXIT, explain, InputError } from '../exit.ts';
import { say } from '../output.ts';

/** @returns the exit code: whether all folders ran as their journals say */
export async function testTopologies(
  paths: readonly string[],
  { update = false }: { update?: boolean },
): Promise<number> {
  const folders = paths.flatMap((path) => goldenFolders(path));
  if (folders.length === 0)
    throw new InputError(
      `There is no folder with topology.json and input.json at or below ${paths.join(', ')}. docs/guides/testing.md shows one.`,
    );
  let failed = 0;
  for (const folder of folders) {
    const check = await checkGolden(folder, { update });
    switch (check.result) {
      case 'same':
        say(`ok       ${folder}`);
        break;
      case 'written':
        say(`written  ${folder}`);
        break;
      case 'different':
        failed++;
        say(`FAILED   ${folder}: it did not run as journal.txt says\n${check.difference}`);
        break;
      case 'broken':
        failed++;
        say(`FAILED   ${folder}\n${explain(check.error)}`);
    }
  }
  say(`${folders.length - failed} of ${folders.length} as expected.`);
  if (failed > 0 && !update) say('When the new journals are right, run again with --update.');
  return failed > 0 ? EXIT.input : EXIT.fine;
}
