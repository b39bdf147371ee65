// A worker in this process: functions called directly. For tests, and for one-process use.

import type { CallResult, Outcome, StepCall } from '@sluice/protocol';
import type { Transport } from './directory.ts';

/** @param run  what the worker does; a thrown error is an answer that fails the message */
export function localTransport(
  run: (call: StepCall) => Outcome | CallResult | Promise<Outcome | CallResult>,
): Transport {
  return {
    capacity: () => Number.POSITIVE_INFINITY,
    async call(call) {
      try {
        return await run(call);
      } catch (error) {
        return { kind: 'fail', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    async close() {},
  };
}
