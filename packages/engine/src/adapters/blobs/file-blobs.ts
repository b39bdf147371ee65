// Blobs as files: one folder per process, named by content. Written aside, synced, then renamed, so that a file is
// either whole or not there.

import { isUtf8 } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '@sluice/protocol';
import { placeOfBlob } from '../../core/blob.ts';
import type { BlobStore } from '../../ports/blob-store.ts';

export function fileBlobs(directory: string): BlobStore {
  const folderOf = (processId: string): string => join(directory, processId.slice(-2), processId);

  return {
    async put(processId, body) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const name = createHash('sha256').update(bytes).digest('hex');
      const folder = folderOf(processId);
      await mkdir(folder, { recursive: true });
      const aside = join(folder, `${randomUUID()}.part`);
      try {
        const file = await open(aside, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(aside, join(folder, name));
        await syncFolder(folder);
      } catch (cause) {
        await rm(aside, { force: true });
        throw new SluiceError('store.write_failed', { reason: (cause as Error).message }, { cause });
      }
      return `${processId}/${name}`;
    },

    async get(blob) {
      const place = placeOfBlob(blob);
      const [, processId = '', name = ''] = place ?? [];
      try {
        if (!place) throw new Error('that is no name of a body');
        const bytes = await readFile(join(directory, ...place));
        if (createHash('sha256').update(bytes).digest('hex') !== name) throw new Error('its content changed on disk');
        return isUtf8(bytes) ? bytes.toString('utf8') : new Uint8Array(bytes);
      } catch (cause) {
        throw new SluiceError('message.body_gone', { id: processId, blob }, { cause });
      }
    },

    async forget(processIds) {
      for (const processId of processIds) await rm(folderOf(processId), { recursive: true, force: true });
    },
  };
}

/** A renamed file is only safe once its folder is synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
