// Backups for whoever asks: made beside the data, handed out as one stream, and removed when that ended, however it did.

import { randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupMade, Log } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';

const PART = /^backup-[0-9a-f-]{36}\.part$/;

export interface BackupPlace {
  readonly make: (file: string) => Promise<BackupMade>;
  readonly directory: string;
}

export class Backups {
  readonly #place: BackupPlace;
  readonly #log: Log;
  #underway = false;

  constructor(place: BackupPlace, log: Log) {
    this.#place = place;
    this.#log = log;
    // What an earlier process left when it died.
    for (const name of readdirSync(place.directory)) if (PART.test(name)) this.#remove(join(place.directory, name));
  }

  /** @throws SluiceError `backup.underway`, `backup.impossible` */
  async take(): Promise<{ made: BackupMade; stream: ReadStream }> {
    if (this.#underway) throw new SluiceError('backup.underway', {});
    this.#underway = true;
    const file = join(this.#place.directory, `backup-${randomUUID()}.part`);
    const end = (): void => {
      this.#underway = false;
      this.#remove(file);
    };
    try {
      const made = await this.#place.make(file);
      const { bytes, blobs, missing } = made;
      this.#log.info('A backup was made.', { bytes, blobs, missing });
      const stream = createReadStream(file);
      stream.once('close', end);
      return { made, stream };
    } catch (cause) {
      end();
      throw new SluiceError('backup.impossible', { reason: `${(cause as Error).message}.` }, { cause });
    }
  }

  #remove(file: string): void {
    rmSync(file, { force: true });
    rmSync(`${file}-journal`, { force: true });
  }
}
