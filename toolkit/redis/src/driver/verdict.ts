// What Redis says of a command that it does not run: the first word names it.

import { Fail, Redeliver, type Verdict } from '@sluice/sdk';

const CODES: readonly [RegExp, string][] = [
  [/^WRONGTYPE/, 'wrong_type'],
  [/^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH)/, 'login_refused'],
  [/^NOPERM/, 'permission_denied'],
  [/^NOGROUP/, 'unknown_group'],
  [/^ERR (value is not|increment or decrement)/, 'not_a_number'],
  [/^OOM/, 'out_of_memory'],
  [/^ERR /, 'refused'],
];

/** Null when the server did not say it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  if (/^(LOADING|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|READONLY|UNBLOCKED)\b/.test(message))
    return new Redeliver(`${who}: ${message}`, { cause: error });
  const code = CODES.find(([says]) => says.test(message))?.[1];
  if (code !== undefined) return new Fail(`${who} refused: ${message}`, { code: `redis.${code}`, cause: error });
  if (/closed|disconnect|timeout|offline|aborted/i.test(`${error.name} ${message}`))
    return new Redeliver(`${who}: ${message || error.name}`, { cause: error });
  return null;
}
