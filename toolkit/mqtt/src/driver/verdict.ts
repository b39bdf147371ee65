// Reason codes of MQTT 5, and the return codes of 3.1.1.

import { Fail, Redeliver, type Verdict } from '@sluice/sdk';

const CODES: Readonly<Record<number, string>> = {
  2: 'client_refused',
  4: 'login_refused',
  5: 'login_refused',
  133: 'client_refused',
  134: 'login_refused',
  135: 'permission_denied',
  140: 'login_refused',
  143: 'topic_invalid',
  144: 'topic_invalid',
  149: 'content_too_large',
  154: 'not_supported',
  155: 'not_supported',
};
/** The broker is full, busy, or about to be away. */
const PASSING = new Set([3, 136, 137, 139, 147, 151, 152, 156, 157, 159]);

/** Null when neither broker nor driver named it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  const named = typeof code === 'number' ? CODES[code] : undefined;
  if (named) return new Fail(`${who} refused: ${error.message}`, { code: `mqtt.${named}`, cause: error });
  if (
    PASSING.has(code as number) ||
    /connack timeout|closed|disconnect|keepalive|offline|client is ended/i.test(error.message)
  )
    return new Redeliver(`${who}: ${error.message}`, { cause: error });
  return typeof code === 'number'
    ? new Fail(`${who} refused: ${error.message}`, { code: 'mqtt.refused', cause: error })
    : null;
}
