// Evaluates for isolated.ts, one expression at a time, so that whoever takes too long is known.

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

/** Said once, when jobs can be taken. */
export const READY = 'ready';

/** Results are gathered for so many milliseconds at most: a message for each would cost more than most expressions. */
const GATHER_MS = 10;

let turn: Promise<void> = Promise.resolve();

async function work(jobs: readonly Job[]): Promise<void> {
  let results: JobResult[] = [];
  let since = Date.now();
  for (const { id, expression, input } of jobs) {
    try {
      results.push({ id, value: await evaluateJsonata(expression, input) });
    } catch (error) {
      results.push({ id, failed: (error as Error).message ?? String(error) });
    }
    if (Date.now() - since < GATHER_MS) continue;
    process.send!(results);
    results = [];
    since = Date.now();
  }
  if (results.length > 0) process.send!(results);
}

process.on('message', (jobs: readonly Job[]) => {
  turn = turn.then(() => work(jobs));
});
// Whoever asked is gone, however it ended.
process.on('disconnect', () => process.exit());
process.send!(READY);
