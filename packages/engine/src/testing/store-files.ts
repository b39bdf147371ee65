// The files of an embedded store as they stand, without asking the store.

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param copy  a folder that is there, and empty */
export function copyStoreFiles(directory: string, copy: string): void {
  for (const file of ['redo.log', 'sluice.db-wal', 'sluice.db']) copyFileSync(join(directory, file), join(copy, file));
}
