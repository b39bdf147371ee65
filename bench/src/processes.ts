// The processes of a run, started and stopped by the bench, and what they used.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchArguments } from '@sluice/standalone/launch';
import { Pool } from 'undici';

export const ADMIN_TOKEN = 'bench-admin-token-0123456789';

/** Folder for CPU profiles of the platform's threads, for those who look where the time goes. */
const PROFILES = process.env.SLUICE_BENCH_PROFILES;

export interface Service {
  readonly url: string;
  readonly pid: number;
  join(url: string, token: string): Promise<void>;
  stop(): void;
}

export async function startService(): Promise<Service> {
  const child = fork(fileURLToPath(new URL('./service.js', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url } = await next<{ url: string }>(child);
  return {
    url,
    pid: child.pid!,
    async join(platform, token) {
      child.send({ link: { url: platform, token } });
      await next(child);
    },
    stop: () => child.kill(),
  };
}

export interface Platform {
  readonly url: string;
  readonly pid: number;
  readonly api: Pool;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/**
 * A fresh platform on an empty data directory of its own.
 * @param launch  what Node is given
 */
export async function startPlatform(launch: readonly string[] = launchArguments()): Promise<Platform> {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const began = performance.now();
  const profiled = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];
  const child = spawn(process.execPath, [...profiled, ...launch], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SLUICE_PORT: '0',
      SLUICE_DATA: directory,
      SLUICE_DEMO: '0',
      SLUICE_ADMIN_TOKEN: ADMIN_TOKEN,
      SLUICE_LOG_LEVEL: 'error',
    },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the platform ended with code ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const ready = /ready at (\S+)/.exec(String(chunk));
      if (ready) resolve(ready[1]!);
    });
  });
  const startMs = performance.now() - began;
  const api = new Pool(url, { connections: 64 });
  return {
    url,
    pid: child.pid!,
    api,
    startMs,
    async stop() {
      await api.close();
      await new Promise<void>((resolve) => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** One call of the platform's API. */
export async function call<T>(api: Pool, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await api.request({
    method,
    path,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
  return JSON.parse(text) as T;
}

/** CPU time (user + system) and memory of a process and of all its threads, from the kernel's own books. */
export function usage(pid: number): { cpuMs: number; rssMb: number; peakMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return { cpuMs: (Number(stat[11]) + Number(stat[12])) * 10, rssMb: kb('VmRSS') / 1024, peakMb: kb('VmHWM') / 1024 };
}

/** Wait until a process has had next to nothing to do for a second: what it does when it rests is nobody else's time. */
export async function quiet(pid: number): Promise<void> {
  let used: number;
  do {
    const before = usage(pid).cpuMs;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    used = usage(pid).cpuMs - before;
  } while (used > 20);
}

/** The next message of a child process. @throws Error when it ends instead */
export function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a process of the bench ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}
