import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect } from '../connection.ts';
import { EnvironmentError, InputError } from '../exit.ts';
import { say } from '../output.ts';

/** Written aside and renamed when it is whole, so a file of this name is a backup or is not there. */
export async function backup(file: string): Promise<void> {
  if (await stat(file).catch(() => null)) throw new InputError(`${file} is there already. Nothing was written.`);
  const { bytes, body } = await connect().backup();
  const aside = `${file}.part`;
  try {
    await pipeline(Readable.fromWeb(body as never), createWriteStream(aside, { mode: 0o600 }));
    const { size } = await stat(aside);
    if (size !== bytes)
      throw new EnvironmentError(`The backup broke off: ${size} of ${bytes} bytes came. Take it again.`);
    const handle = await open(aside, 'r');
    await handle.sync();
    await handle.close();
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  say(`${file} holds everything that was acknowledged, in ${(bytes / 1_048_576).toFixed(1)} MB.`);
  say(
    'Secrets in it are sealed under the master key, which is not in it: keep SLUICE_SECRET_KEY, or the file secret-key, apart.',
  );
}
