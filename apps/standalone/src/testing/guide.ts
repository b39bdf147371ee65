// Guides are executed: their shell blocks as one script, as they stand there.

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../proof/free-port.ts';
import { type TestPlatform, TOKEN, testPlatform } from './platform.ts';

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const BIN = join(ROOT, 'packages', 'cli', 'bin', 'sluice.js');
const WORKER_BIN = join(ROOT, 'packages', 'sdk', 'dist', 'worker.js');

export function guide(page: string): string {
  return readFileSync(join(ROOT, 'docs', 'guides', page), 'utf8');
}

/** The shell blocks of a page as one script. */
export function scriptOf(page: string): string {
  return [...guide(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');
}

/** A PATH whose `npx` needs no registry: `npx sluice …` and `npx sluice-worker …` are the commands of this checkout. */
export function pathWithNpx(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const npx = join(bin, 'npx');
  writeFileSync(
    npx,
    `#!/bin/sh\nbin="${BIN}"\n[ "$1" = sluice-worker ] && bin="${WORKER_BIN}"\nshift\nexec "${process.execPath}" "$bin" "$@"\n`,
  );
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

/** A page waits for what it caused; what does not come by then never comes, and what was said until then tells why. */
const LONGEST_MS = 100_000;

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
  const timer = setTimeout(() => {
    said += `\nThe page did not come to its end in ${LONGEST_MS / 1_000} s and was stopped.\n`;
    void stop();
  }, LONGEST_MS);
  const code = await new Promise((resolve) => shell.once('exit', resolve));
  clearTimeout(timer);
  return { code, said: () => said, stop };
}

export interface PlayedGuide extends Played {
  readonly platform: TestPlatform;
  /** Where its files are. */
  readonly folder: string;
  /** End what the page left running, and its platform. */
  end(): Promise<void>;
}

export interface GuideOptions {
  /** What the page writes for the port of its own service; it gets a free one. */
  readonly port?: string;
  /** More for its environment. */
  readonly env?: (port: string) => NodeJS.ProcessEnv;
}

/** Below node_modules, so that services of guides find their packages as ones that installed them. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'guides');

/** A page on a platform of its own: blocks that name a file are written, shell blocks are run as one script. */
export async function playGuide(page: string, { port, env }: GuideOptions = {}): Promise<PlayedGuide> {
  const platform = await testPlatform();
  mkdirSync(FOLDER, { recursive: true });
  const folder = mkdtempSync(join(FOLDER, `${page.replace(/\.md$/, '')}-`));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'admin-token'), TOKEN);
  const free = String(await freePort());
  const placed = (text: string): string => {
    const here = text.replaceAll('http://127.0.0.1:7700', platform.url);
    return port === undefined ? here : here.replaceAll(port, free);
  };
  for (const [, name, text] of guide(page).matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)) {
    const file = join(folder, name!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, placed(text!));
  }
  const played = await play(placed(scriptOf(page)), folder, {
    PATH: pathWithNpx(folder),
    SLUICE_URL: platform.url,
    SLUICE_TOKEN: TOKEN,
    ...env?.(free),
  });
  return {
    ...played,
    platform,
    folder,
    async end() {
      await played.stop();
      rmSync(folder, { recursive: true, force: true });
      await platform.close();
    },
  };
}
