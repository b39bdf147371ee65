// A generated package on disk, with the packages of this repository to stand on.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

export interface PackageFolder {
  readonly path: string;
  /** What the compiler says; empty when all is well. */
  compile(): string;
  /** @returns what the runner of the package's tests says, and whether all passed */
  test(): { readonly ok: boolean; readonly says: string };
  remove(): void;
}

export function packageFolder(files: readonly { readonly path: string; readonly text: string }[]): PackageFolder {
  const path = mkdtempSync(join(tmpdir(), 'sluice-package-'));
  symlinkSync(MODULES, join(path, 'node_modules'));
  for (const file of files) {
    mkdirSync(dirname(join(path, file.path)), { recursive: true });
    writeFileSync(join(path, file.path), file.text);
  }
  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: path, encoding: 'utf8' });
  return {
    path,
    compile() {
      const { stdout, status } = run(join(MODULES, 'typescript-7/bin/tsc'));
      return status === 0 ? '' : stdout;
    },
    test() {
      const { stdout, status } = run('--test', '--test-reporter=tap', 'dist/exchanges.test.js');
      return { ok: status === 0, says: stdout };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
