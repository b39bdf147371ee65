// Leave a broken target alone: after so many failures in a row requests are refused at once for a while; then one may try, and its
// answer decides for all.

import { type CircuitPolicy, SluiceError } from '@sluice/protocol';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Answer, Policy } from '../exchange/exchange.ts';

/** Faults that say something about the target, and not about the request. */
const FAILURES = new Set(['gateway.upstream_unreachable', 'gateway.upstream_broke', 'gateway.timeout']);

export function circuitPolicy(circuit: CircuitPolicy | undefined, now: () => number): Policy | null {
  if (!circuit) return null;
  const { failures, openMs } = circuit;
  let openedAt = 0;
  return (next) => {
    const breaker = circuitBreaker(
      handleWhen((error) => error instanceof SluiceError && FAILURES.has(error.code)).orWhenResult(
        (answer) => (answer as Answer).status >= 500,
      ),
      { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) },
    );
    breaker.onBreak(() => {
      openedAt = now();
    });
    return async (exchange) => {
      try {
        return await breaker.execute(() => next(exchange));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new SluiceError('gateway.circuit_open', { retryAfterMs: Math.max(1, openedAt + openMs - now()) });
      }
    };
  };
}
