import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files, for one test. */
export function folderWith(files: Readonly<Record<string, string>>): {
  path: (name: string) => string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-soap-'));
  const path = (name: string): string => join(folder, name);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
