// Where a package is installed, and what it says of itself.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** As npm allows them. A path is none: a package is what was installed, with its version. */
const NAME = /^(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/;
const SDK = '@sluice/sdk';

export interface Found {
  readonly name: string;
  readonly version: string;
  /** Versions of the SDK that it is made for, as a range. */
  readonly sdk: string | undefined;
  /** Address of its door. */
  readonly entry: string;
}

interface Described {
  readonly version?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * @param from  folder; packages are looked for as Node does it, in its node_modules and those above
 * @throws Error when it is not installed there, or nothing can be imported from it
 */
export function findPackage(name: string, from: string): Found {
  if (!NAME.test(name)) throw new Error(`"${name}" is not the name of an npm package, such as @acme/sluice-erp`);
  const folder = folderOf(name, resolve(from));
  if (!folder) throw new Error(`"${name}" is not installed in ${resolve(from)}: npm install ${name}`);
  const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described;
  const entry = entryOf(described.exports) ?? described.main ?? 'index.js';
  if (typeof entry !== 'string' || !existsSync(join(folder, entry)))
    throw new Error(`"${name}" has nothing to import: "exports" of its package.json names no file that is there`);
  return {
    name,
    version: String(described.version ?? ''),
    sdk: described.peerDependencies?.[SDK],
    entry: pathToFileURL(join(folder, entry)).href,
  };
}

function folderOf(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(from) === from ? undefined : folderOf(name, dirname(from));
}

/** The file behind `import '<name>'`, in the forms that "exports" has. */
function entryOf(exports: unknown): unknown {
  if (typeof exports !== 'object' || exports === null) return exports ?? undefined;
  const conditions = exports as Readonly<Record<string, unknown>>;
  for (const condition of ['.', 'node', 'import', 'default'])
    if (conditions[condition] !== undefined) return entryOf(conditions[condition]);
  return undefined;
}
