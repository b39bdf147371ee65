// Guides are executed: their shell blocks as one script, as they stand there.

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');

export function guide(page: string): string {
  return readFileSync(join(ROOT, 'docs', 'guides', page), 'utf8');
}

/** The shell blocks of a page as one script. */
export function scriptOf(page: string): string {
  return [...guide(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');
}

/** A PATH whose `npx` needs no registry: `npx sluice …` is the command of this checkout. */
export function pathWithNpx(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const npx = join(bin, 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(npx, 0o755);
  return `${bin}${delimiter}${process.env.PATH}`;
}

export interface Played {
  readonly code: unknown;
  /** What it has printed so far, on both streams. */
  said(): string;
  /** End what it left running. */
  stop(): Promise<void>;
}

/** Run a script to its end, in a group of its own, because it may leave services running. */
export async function play(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Played> {
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
  });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const closed = new Promise((resolve) => shell.once('close', resolve));
  const stop = async (): Promise<void> => {
    try {
      process.kill(-shell.pid!, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // nothing is left of it
    }
    await closed;
  };
  return { code: await new Promise((resolve) => shell.once('exit', resolve)), said: () => said, stop };
}
