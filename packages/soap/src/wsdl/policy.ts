// Which documents a WSDL may pull in: what lies beside it, and what its author named. Nothing else is opened or asked for.

import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface WsdlOptions {
  /**
   * Where imports may come from besides the folder of the WSDL: folders or files, and beginnings of addresses such as
   * `https://erp.example.com/schemas/`.
   */
  readonly imports?: readonly string[];
}

const isAddress = (location: string): boolean => /^https?:/i.test(location);

/** Absolute path or address of what `location` means in a document; null when it can mean nothing. */
export function resolveLocation(base: string | null, location: string): string | null {
  if (isAddress(location)) return URL.canParse(location) ? new URL(location).href : null;
  if (base !== null && isAddress(base)) return URL.canParse(location, base) ? new URL(location, base).href : null;
  if (/^file:/i.test(location)) return URL.canParse(location) ? fileURLToPath(location) : null;
  if (/^[a-z][a-z\d+.-]+:/i.test(location)) return null;
  if (base === null) return isAbsolute(location) ? location : null;
  return resolve(dirname(base), location);
}

/** @param root  path or address of the WSDL; null for one given as text */
export function mayRead(root: string | null, { imports = [] }: WsdlOptions, location: string): boolean {
  const folder = root === null ? [] : [isAddress(root) ? new URL('.', root).href : dirname(root)];
  return [...folder, ...imports].some((from) => (isAddress(from) ? below(from, location) : inside(from, location)));
}

function below(from: string, location: string): boolean {
  if (!isAddress(location) || !URL.canParse(from)) return false;
  const [one, other] = [new URL(from), new URL(location)];
  return one.origin === other.origin && other.pathname.startsWith(one.pathname);
}

function inside(folder: string, location: string): boolean {
  if (isAddress(location)) return false;
  const way = relative(resolve(folder), location);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}
