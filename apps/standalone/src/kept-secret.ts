// Secrets that the platform makes for itself at its first start, kept beside its data.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret of a file, readable by its owner only; made when there is none. */
export function keptSecret(directory: string, name: string): { value: string; file: string } {
  const file = join(directory, name);
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return { value: readFileSync(file, 'utf8').trim(), file };
}
