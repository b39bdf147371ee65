// Paths as messages give them: they stay below the folder of the install.

import { posix } from 'node:path';
import { Fail } from '@sluice/sdk';

/**
 * The path on the server of what a message names.
 * @param root  folder of the install
 * @throws Fail `files.outside`
 */
export function remotePath(root: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  // Control characters would be commands of their own in some protocols.
  if (parts.includes('..') || path.includes('\\') || /\p{Cc}/u.test(path))
    throw new Fail(`"${path.slice(0, 200)}" is no path below the folder of the install.`, { code: 'files.outside' });
  return posix.join(root === '' ? '/' : root, ...parts);
}
