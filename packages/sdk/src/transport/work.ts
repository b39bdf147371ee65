// Runs batches of calls, whatever brought them. What ends in the same turn is answered together.

import { type Answer, fromWireCall, toWireOutcome, type Work } from '@sluice/protocol';
import { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import type { Host } from '../step/host.ts';
import { runStep } from '../step/runner.ts';

export class WorkRunner {
  readonly #catalogue: Catalogue;
  readonly #host: Host;
  readonly #answer: (answers: readonly Answer[]) => void;
  readonly #open = new Map<number, Abort>();
  #answers: Answer[] = [];
  #stopped = false;

  /** @param answer  takes the answers of one turn; after it was given the last one, `open` is 0 */
  constructor(catalogue: Catalogue, host: Host, answer: (answers: readonly Answer[]) => void) {
    this.#catalogue = catalogue;
    this.#host = host;
    this.#answer = answer;
  }

  /** Calls that run, or whose answers were not given yet. */
  get open(): number {
    return this.#open.size + this.#answers.length;
  }

  /** @param work  a sound batch, see `workFault` */
  take({ targets, calls }: Work): void {
    for (const wire of calls) {
      const abort = new Abort();
      this.#open.set(wire.call, abort);
      void runStep(this.#catalogue, fromWireCall(targets[wire.target]!, wire), this.#host, abort).then((outcome) => {
        if (this.#stopped) return;
        this.#open.delete(wire.call);
        if (this.#answers.length === 0) setImmediate(() => this.#flush());
        this.#answers.push({ call: wire.call, outcome: toWireOutcome(outcome) });
      });
    }
  }

  /** Nobody waits for this call any more. */
  forget(call: number, reason: string): void {
    this.#open.get(call)?.abort(new Error(reason));
  }

  /** Nobody waits for any of them, and no answer is wanted. */
  stop(reason: string): void {
    this.#stopped = true;
    this.#answers = [];
    for (const abort of this.#open.values()) abort.abort(new Error(reason));
    this.#open.clear();
  }

  #flush(): void {
    const answers = this.#answers;
    if (answers.length === 0) return;
    this.#answers = [];
    this.#answer(answers);
  }
}
