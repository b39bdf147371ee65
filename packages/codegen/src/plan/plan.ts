// What an import does to a folder. Files of the user stay; generated ones are written anew, unless somebody changed them by hand.

import type { GeneratedPackage } from '../package/described-package.ts';
import { jsonText, type PackageFile, RECORD_FILE } from '../package/file.ts';
import { updatedReadme } from '../package/readme.ts';
import { digest, type ImportRecord } from './record.ts';

export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Number of operations that are as they were. */
  readonly unchanged: number;
}

export interface ImportPlan {
  readonly write: readonly { readonly path: string; readonly text: string }[];
  /** Files of the user, which stay as they are. */
  readonly kept: readonly string[];
  /** Generated files that somebody changed by hand: writing them would lose that. */
  readonly edited: readonly string[];
  readonly changes: Changes;
}

/**
 * @param before  what the last import left; null for the first one
 * @param existing  the text of a file that is there
 * @param options  kept for the next import
 */
export function planImport(
  generated: GeneratedPackage,
  before: ImportRecord | null,
  existing: (path: string) => string | undefined,
  options: ImportRecord['options'],
): ImportPlan {
  const write: { path: string; text: string }[] = [];
  const kept: string[] = [];
  const edited: string[] = [];
  const files: Record<string, string> = {};
  const put = (file: PackageFile): void => {
    const { path, text, owner } = file;
    const there = existing(path);
    const wasWritten = before?.files[path];
    const isOurs = there === undefined || (wasWritten !== undefined && digest(there) === wasWritten);
    const isSame = there === text;
    if (!isOurs && !isSame && owner === 'generated') edited.push(path);
    if (!isOurs && owner === 'yours') {
      if (wasWritten !== undefined) files[path] = wasWritten;
      const newer = path === 'README.md' ? updatedReadme(there!, generated.rows) : null;
      if (newer !== null && newer !== there) write.push({ path, text: newer });
      else if (!isSame) kept.push(path);
      return;
    }
    files[path] = digest(text);
    if (!isSame) write.push({ path, text });
  };
  for (const file of generated.files) put(file);
  const operations = generated.operations.map(({ endpoint, name, shape }) => ({ endpoint, name, shape }));
  const record = jsonText({ format: 1, options, operations, files } satisfies ImportRecord);
  if (existing(RECORD_FILE) !== record) write.push({ path: RECORD_FILE, text: record });
  return { write, kept, edited, changes: changesOf(before?.operations ?? [], operations) };
}

function changesOf(before: ImportRecord['operations'], now: ImportRecord['operations']): Changes {
  const was = new Map(before.map((one) => [one.endpoint, one]));
  const is = new Set(now.map(({ endpoint }) => endpoint));
  const known = now.filter(({ endpoint }) => was.has(endpoint));
  const changed = known.filter(({ endpoint, shape }) => was.get(endpoint)!.shape !== shape);
  return {
    added: now.filter(({ endpoint }) => !was.has(endpoint)).map(({ name }) => name),
    removed: before.filter(({ endpoint }) => !is.has(endpoint)).map(({ name }) => name),
    changed: changed.map(({ name }) => name),
    unchanged: known.length - changed.length,
  };
}

/** By `METHOD /path`, for the next import: connectors keep their names. */
export const namesIn = (record: ImportRecord | null): ReadonlyMap<string, string> =>
  new Map((record?.operations ?? []).map(({ endpoint, name }) => [endpoint, name]));
