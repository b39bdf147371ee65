// Evaluates for threaded.ts, one expression at a time, so that whoever takes too long is known.

import { parentPort } from 'node:worker_threads';
import type { ExpressionInput } from '../../ports/expressions.ts';
import { evaluateJsonata } from './evaluate.ts';

export interface Job {
  readonly id: number;
  readonly expression: string;
  readonly input: ExpressionInput;
}

export type JobResult =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: string };

const port = parentPort!;
let turn: Promise<void> = Promise.resolve();

port.on('message', (jobs: readonly Job[]) => {
  turn = turn.then(async () => {
    for (const { id, expression, input } of jobs) {
      let result: JobResult;
      try {
        result = { id, value: await evaluateJsonata(expression, input) };
      } catch (error) {
        result = { id, failed: (error as Error).message ?? String(error) };
      }
      port.postMessage(result);
    }
  });
});
