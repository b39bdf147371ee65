import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvironmentError } from '../exit.ts';
import { printJson, say, time } from '../output.ts';

interface RestoreCommand {
  readonly data?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

export async function restore(file: string, { data, replace = false, json }: RestoreCommand): Promise<void> {
  const { restoreStore } = await import('@sluice/engine/sqlite');
  const directory = resolve(data ?? (process.env.SLUICE_DATA || './data'));
  const restored = restoreStore(resolve(file), directory, { replace, now: Date.now() });
  const { madeAt, processes, messages, blobs, balanced, aside } = restored;
  if (json) printJson(restored);
  else {
    say(
      `${directory} is as it was at ${time(madeAt)}: ${processes} processes, ${messages} messages that wait, ${blobs} large bodies.`,
    );
    if (aside !== null) say(`What was there is in ${aside}. Remove it when all is well.`);
    if (!process.env.SLUICE_SECRET_KEY && !existsSync(join(directory, 'secret-key')))
      say(
        'There is no master key here: give SLUICE_SECRET_KEY, or put the former file secret-key there, before the start.',
      );
  }
  if (!balanced)
    throw new EnvironmentError(
      'The ledger of the backup does not balance: a message was missing when it was made. It is restored all the same.',
    );
  if (!json) say('The ledger balances.');
}
