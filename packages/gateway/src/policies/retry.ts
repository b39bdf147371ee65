// Repeats of a request that failed, where repeating does no harm: methods that are idempotent by RFC 9110, or any with an
// idempotency key that the service gets too. The body is kept to be sent again, so it must be small.
//
// A budget bounds what repeats add: when a service is down for all, sending everything again is what keeps it down.

import { type RetryPolicy, SluiceError } from '@sluice/protocol';
import { discard } from '../exchange/answer.ts';
import { bodyOf, isStream } from '../exchange/body.ts';
import type { Answer, Exchange, Policy } from '../exchange/exchange.ts';

const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const MOST_BODY = 1_048_576;
/** Repeats that are always there, so that a route with few requests has some. */
const RESERVE = 10;
const AGAIN = new Set(['gateway.upstream_unreachable', 'gateway.upstream_broke', 'gateway.timeout']);

export function retryPolicy(retry: RetryPolicy | undefined, random: () => number): Policy | null {
  if (!retry) return null;
  const { attempts, statuses, delayMs, budget } = retry;
  const again = new Set(statuses);
  let repeats = RESERVE;
  return (next) => async (exchange) => {
    repeats = Math.min(RESERVE, repeats + budget);
    if (!(await mayRepeat(exchange))) return next(exchange);
    const headers = { ...exchange.headers };
    for (let attempt = 1; ; attempt++) {
      // What one attempt changed is not what the next one begins with.
      exchange.headers = { ...headers };
      const last = attempt >= attempts || repeats < 1 || exchange.signal.aborted;
      try {
        const answer = await next(exchange);
        if (last || !again.has(answer.status)) return answer;
        discard(answer.body);
        await pause(retryAfter(answer) ?? delayOf(delayMs, attempt, random), exchange.signal);
      } catch (error) {
        if (last || !(error instanceof SluiceError) || !AGAIN.has(error.code)) throw error;
        await pause(delayOf(delayMs, attempt, random), exchange.signal);
      }
      repeats--;
    }
  };
}

async function mayRepeat(exchange: Exchange): Promise<boolean> {
  const { line, headers, body } = exchange;
  if (!IDEMPOTENT.has(line.method) && headers['idempotency-key'] === undefined) return false;
  if (!isStream(body)) return true;
  const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length > MOST_BODY) return false;
  await bodyOf(exchange, MOST_BODY);
  return true;
}

/** Twice as long each time, and never the same for all who wait. */
const delayOf = (delayMs: number, attempt: number, random: () => number): number =>
  delayMs * 2 ** (attempt - 1) * (0.5 + random() / 2);

/** What the service asks for, when it is short. */
function retryAfter({ headers }: Answer): number | null {
  const seconds = Number([headers['retry-after']].flat()[0] ?? Number.NaN);
  return seconds >= 0 && seconds <= 10 ? seconds * 1_000 : null;
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end, { once: true });
  });
}
