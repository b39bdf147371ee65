// Is everything as it must be? Each check says what it found and, when it is not fine, what to do.

import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { connect, platformUrl } from '../connection.ts';
import { EnvironmentError } from '../exit.ts';
import { printJson, say } from '../output.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

const LEAST_FREE_BYTES = 512 * 1024 * 1024;
const MAX_CLOCK_SKEW_MS = 5_000;

export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const findings: Finding[] = [node(), dataDirectory(), freeSpace(), await platform(), await clock()];
  if (json) printJson(findings);
  else for (const { check, ok, found } of findings) say(`${ok ? 'ok  ' : 'FAIL'}  ${check.padEnd(16)} ${found}`);
  if (findings.some((finding) => !finding.ok)) throw new EnvironmentError('Some checks failed; see above.');
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { check: 'Node', ok, found: `${process.versions.node}${ok ? '' : ': install 20.19 or newer'}` };
}

const directory = (): string => resolve(process.env.SLUICE_DATA || './data');

function dataDirectory(): Finding {
  const path = directory();
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    return {
      check: 'Data directory',
      ok: false,
      found: `${path} cannot be written: ${(error as Error).message}. Set SLUICE_DATA to another one.`,
    };
  }
  const holder = join(path, 'holder.json');
  const held = existsSync(holder)
    ? `, last held by pid ${(JSON.parse(readFileSync(holder, 'utf8')) as { pid: number }).pid}`
    : ', new';
  return { check: 'Data directory', ok: true, found: `${path}${held}` };
}

function freeSpace(): Finding {
  const { bavail, bsize } = statfsSync(directory());
  const bytes = bavail * bsize;
  const ok = bytes > LEAST_FREE_BYTES;
  return {
    check: 'Disk',
    ok,
    found: `${Math.round(bytes / 1024 / 1024)} MiB free${ok ? '' : ': free some, or messages will be refused'}`,
  };
}

async function platform(): Promise<Finding> {
  try {
    const { status, reason } = await connect().ready();
    return {
      check: 'Platform',
      ok: status === 'ready',
      found: `${platformUrl()} is ${status}${reason ? `: ${reason}` : ''}`,
    };
  } catch (error) {
    const { port } = new URL(platformUrl());
    const free = await portIsFree(Number(port) || 80);
    return {
      check: 'Platform',
      ok: false,
      found: `${(error as Error).message} ${free ? 'The port is free: `sluice start` would take it.' : 'Something else listens there.'}`,
    };
  }
}

async function clock(): Promise<Finding> {
  const before = Date.now();
  const date = await fetch(new URL('/healthz', platformUrl()), { signal: AbortSignal.timeout(5_000) })
    .then((response) => response.headers.get('date'))
    .catch(() => null);
  if (date === null) return { check: 'Clock', ok: true, found: 'not compared, the platform does not answer' };
  const skew = Math.abs(Date.parse(date) - before);
  const ok = skew < MAX_CLOCK_SKEW_MS;
  return {
    check: 'Clock',
    ok,
    found: ok ? 'agrees with the platform' : `differs from the platform by ${skew} ms: set it right`,
  };
}

function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
