import { Fail, Redeliver, type Verdict } from '@sluice/sdk';

const CODES: readonly [RegExp, string][] = [
  [/NoResponders|no responders/i, 'no_responders'],
  [/Authorization|AuthenticationExpired|Authorization Violation/i, 'login_refused'],
  [/PermissionViolation/i, 'permission_denied'],
  [/StreamNotFound|stream not found|no stream/i, 'unknown_stream'],
  [/ConsumerNotFound|consumer not found/i, 'unknown_consumer'],
  [/JetStreamNotEnabled|jetstream is not enabled/i, 'no_jetstream'],
  [/InvalidSubject|InvalidArgument|InvalidName/i, 'invalid'],
  [/maximum payload|max_payload/i, 'content_too_large'],
];

/** Null when neither server nor driver named it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  if (!(error instanceof Error)) return null;
  const inner = error.cause instanceof Error ? error.cause : error;
  const named = `${error.name}: ${error.message} ${inner.name}: ${inner.message}`;
  if (/does not support 'tls'/.test(named))
    return new Fail(`${who}: the server offers no TLS, and the install wants it.`, {
      code: 'connection.no_tls',
      cause: error,
    });
  const code = CODES.find(([says]) => says.test(named))?.[1];
  if (code !== undefined) return new Fail(`${who} refused: ${error.message}`, { code: `nats.${code}`, cause: error });
  if (/timeout|closed|connection|draining|heartbeat/i.test(named))
    return new Redeliver(`${who}: ${error.message}`, { cause: error });
  return error.name.startsWith('JetStream')
    ? new Fail(`${who} refused: ${error.message}`, { code: 'nats.refused', cause: error })
    : null;
}
