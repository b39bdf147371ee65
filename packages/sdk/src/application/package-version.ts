// The version of the package that a file is part of: it is written in `package.json`, and nowhere else.

import { existsSync, readFileSync } from 'node:fs';

/**
 * @param file  `import.meta.url`
 * @returns undefined when the file is in no package, or its package says none
 */
export function packageVersion(file: string): string | undefined {
  for (let folder = new URL('.', file); ; folder = new URL('..', folder)) {
    const manifest = new URL('package.json', folder);
    if (existsSync(manifest)) {
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
      return typeof version === 'string' ? version : undefined;
    }
    if (folder.pathname === new URL('..', folder).pathname) return undefined;
  }
}
