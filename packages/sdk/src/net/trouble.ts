// What becomes of a message when a connection that is not HTTP fails, or nothing answers in time.

import { AddressRefused } from '../http/guard.ts';
import { maskText } from '../http/masking.ts';
import { Fail, Redeliver, Verdict } from '../step/errors.ts';

/** Another attempt may find the server there. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ESOCKETTIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_SSL_WRONG_VERSION|ERR_SSL_TLSV1_ALERT)/;

/** The verdict for an error of a connection; null when it is none that every protocol has. */
export function connectionTrouble(error: unknown, who: string): Verdict | null {
  if (error instanceof Verdict) return error;
  for (const cause of causesOf(error)) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (cause instanceof AddressRefused)
      return new Fail(`${who} was not asked: ${message}`, { code: 'connection.address_refused', cause });
    if (CERTIFICATE.test(code))
      return new Fail(`${who} has no certificate that can be trusted: ${maskText(message)}.`, {
        code: 'connection.certificate',
        cause,
      });
    if (PASSING.has(code)) return new Redeliver(`${who} could not be reached: ${maskText(message || code)}`, { cause });
  }
  return null;
}

/** An error, what caused it, and what several attempts had for errors. */
function* causesOf(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > 5) return;
  yield error;
  if (error instanceof AggregateError) for (const one of error.errors) yield* causesOf(one, depth + 1);
  yield* causesOf(error.cause, depth + 1);
}

export interface DeadlineOptions {
  readonly ms: number;
  /** What takes so long, for the reason. */
  readonly what: string;
  readonly signal?: AbortSignal;
}

/** @throws Redeliver when the work takes longer, or nobody waits for it any more; the work itself is not ended by that */
export async function withDeadline<T>(work: Promise<T>, { ms, what, signal }: DeadlineOptions): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let given: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Redeliver(`${what} gave no answer within ${ms} ms.`)), ms);
    given = () => reject(new Redeliver(`${what}: nobody waits for the answer any more.`));
    if (signal?.aborted) given();
    else signal?.addEventListener('abort', given, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    if (given) signal?.removeEventListener('abort', given);
    work.catch(() => {});
  }
}
