// The command line as a process of its own, speaking to a platform of a test.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type TestPlatform, TOKEN } from './platform.ts';

const BIN = fileURLToPath(new URL('../../../../packages/cli/bin/sluice.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
export type CommandLine = (...args: string[]) => Promise<Outcome>;

export const commandLine = ({ url, directory }: Pick<TestPlatform, 'url' | 'directory'>): CommandLine =>
  commandLineIn({ SLUICE_URL: url, SLUICE_TOKEN: TOKEN, SLUICE_DATA: directory });

export const commandLineIn =
  (env: NodeJS.ProcessEnv): CommandLine =>
  (...args) => {
    const child = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, ...env } });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  };
