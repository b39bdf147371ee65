// Whether a server that a test needs is there. Where it is not, the test is skipped, and `npm test` says so; where this
// machine has its program and CI is set, the test runs and fails instead: nothing that could be shown is left out quietly.

import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';

export interface ServiceAt {
  readonly port: number;
  readonly host?: string;
  /** Its programs; one of them is enough. */
  readonly programs: readonly string[];
}

/** `describe.skipIf(!(await serviceAt({ port: 5432, programs: ['psql'] })))(…)` */
export async function serviceAt({ port, host = '127.0.0.1', programs }: ServiceAt): Promise<boolean> {
  if (await answers(host, port)) return true;
  return (process.env.CI ?? '') !== '' && programs.some(isInstalled);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const say = (there: boolean): void => {
      socket.destroy();
      resolve(there);
    };
    socket.setTimeout(3_000, () => say(false));
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
