// A worker in this process whose calls begin and whose answers arrive when it is their turn, and whose time limit is
// measured by the virtual clock.

import { type Called, type CallResult, nextCall, type StepCall } from '@sluice/protocol';
import type { Transport } from '../adapters/workers/directory.ts';
import { localTransport } from '../adapters/workers/local.ts';
import type { Clock } from '../ports/system.ts';
import type { Interleaver } from './interleaver.ts';

export type Run = (call: StepCall) => CallResult | Promise<CallResult>;

export interface SimulatedWorkerOptions {
  readonly clock: Clock;
  readonly interleaver: Interleaver;
  /** Whether the engine that calls is gone: its calls do not begin, and answers reach nobody. */
  readonly isDead: () => boolean;
  /** It goes on by itself where it may. */
  readonly chains: boolean;
}

export function simulatedWorker(run: Run, { clock, interleaver, isDead, chains }: SimulatedWorkerOptions): Transport {
  const worker = localTransport(run);

  /** @param ended  called in a turn of its own, unless the engine is gone */
  const attempt = (call: StepCall, timeoutMs: number, ended: (result: Called) => void): void =>
    interleaver.enqueue(async () => {
      if (isDead()) return;
      let late = false;
      const giveUp = clock.at(clock.now() + timeoutMs, () => {
        late = true;
        ended({ kind: 'unanswered', reason: `no answer within ${timeoutMs} ms` });
      });
      const step = `${call.target.kind} "${call.target.action}" of node "${call.target.node}"`;
      void interleaver
        .watch(step, () => worker.call(call, timeoutMs))
        .then((result) =>
          interleaver.enqueue(async () => {
            giveUp();
            if (!late && !isDead()) ended(result);
          }),
        );
    });

  return {
    ...worker,
    chains: () => chains,
    call: (first, firstTimeoutMs, _signal, chain) =>
      new Promise((resolve) => {
        const links = [...(chain?.links ?? [])];
        const go = (call: StepCall, timeoutMs: number): void => {
          const began = clock.now();
          attempt(call, timeoutMs, (result) => {
            const goesOn = chains && result.kind === 'forward' && result.followers === undefined;
            const link = goesOn ? links.shift() : undefined;
            if (!goesOn || !link) return resolve(result);
            chain!.passed(result, clock.now() - began);
            go(nextCall(call, link.target, link.messageId, result.item), link.timeoutMs);
          });
        };
        go(first, firstTimeoutMs);
      }),
  };
}
