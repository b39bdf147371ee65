// Which platform a command talks to, and as whom.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { EnvironmentError } from './exit.ts';

const DEFAULT_URL = 'http://127.0.0.1:7700';

export function connect(): SluiceClient {
  return new SluiceClient({ url: platformUrl(), token: token() });
}

export function platformUrl(): string {
  return process.env.SLUICE_URL || DEFAULT_URL;
}

/** From the environment, or from the file that a platform on this machine wrote. Never an argument: those are seen by others. */
function token(): string {
  const given = process.env.SLUICE_TOKEN || process.env.SLUICE_ADMIN_TOKEN;
  if (given) return given;
  const file = join(process.env.SLUICE_DATA || './data', 'admin-token');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new EnvironmentError(
    `There is no token: SLUICE_TOKEN is not set and ${file} does not exist. Start the platform here, or set SLUICE_TOKEN.`,
  );
}
