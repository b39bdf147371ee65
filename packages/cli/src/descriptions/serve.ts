// A worker of this process: it joins as a service does, with the token of a worker, and leaves when it is told to.

import type { Link } from '@sluice/sdk';
import { EnvironmentError } from '../exit.ts';
import { say } from '../output.ts';

/** @throws EnvironmentError when it is not said which platform to join, as whom */
export async function serveUntilStopped(what: string, connectors: number, joined: () => Link): Promise<void> {
  const missing = ['SLUICE_URL', 'SLUICE_TOKEN'].filter((name) => !process.env[name]);
  if (missing.length > 0)
    throw new EnvironmentError(
      `${missing.join(' and ')} must say which platform to join, and as which worker: \`sluice worker add NAME\` shows a token.`,
    );
  const link = joined();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void link.drain());
  say(`${what}, with ${connectors} connectors. Ctrl-C ends it.`);
}
