// A worker in this process whose calls begin and whose answers arrive when it is their turn, and whose time limit is
// measured by the virtual clock.

import type { CallResult, StepCall } from '@sluice/protocol';
import type { Transport } from '../adapters/workers/directory.ts';
import { localTransport } from '../adapters/workers/local.ts';
import type { Clock } from '../ports/system.ts';
import type { Interleaver } from './interleaver.ts';

export type Run = (call: StepCall) => CallResult | Promise<CallResult>;

/** @param isDead  whether the engine that calls is gone: its calls do not begin, and answers reach nobody */
export function simulatedWorker(run: Run, clock: Clock, interleaver: Interleaver, isDead: () => boolean): Transport {
  const worker = localTransport(run);
  return {
    ...worker,
    call: (call, timeoutMs) =>
      new Promise((resolve) => {
        const begin = async (): Promise<void> => {
          if (isDead()) return;
          const giveUp = clock.at(clock.now() + timeoutMs, () =>
            resolve({ kind: 'unanswered', reason: `no answer within ${timeoutMs} ms` }),
          );
          const step = `${call.target.kind} "${call.target.action}" of node "${call.target.node}"`;
          void interleaver
            .watch(step, () => worker.call(call, timeoutMs))
            .then((result) =>
              interleaver.enqueue(async () => {
                giveUp();
                if (!isDead()) resolve(result);
              }),
            );
        };
        interleaver.enqueue(begin);
      }),
  };
}
