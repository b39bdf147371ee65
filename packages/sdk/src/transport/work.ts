// Runs batches of calls, whatever brought them. What ends in the same turn is answered together. Where the platform lets
// it, a call goes on with the steps that follow: each is answered when it is done, and runs on what the one before it gave.

import {
  type Answer,
  FULL_BATCH_CHARS,
  fromWireCall,
  nextCall,
  type Outcome,
  type WireCall,
  type WireTarget,
  type Work,
} from '@sluice/protocol';
import { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import type { Host } from '../step/host.ts';
import { runStep } from '../step/runner.ts';

/** A step that was done within its turn did not wait, however long it took; one that took no longer did not wait for long. */
const LONGEST_WAIT_MS = 3;

export class WorkRunner {
  readonly #catalogue: Catalogue;
  readonly #host: Host;
  readonly #answer: (answers: readonly Answer[]) => void;
  readonly #open = new Map<number, Abort>();
  #answers: Answer[] = [];
  /** Characters of bodies in them. */
  #chars = 0;
  #scheduled = false;
  /** Counts turns of the event loop, as far as calls begin or end in them. */
  #turn = 0;
  #stopped = false;
  #leaving = false;

  /** @param answer  takes the answers of one turn, with bodies as they are; after it was given the last one, `open` is 0 */
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
    setImmediate(() => this.#turn++);
    for (const wire of calls) void this.#run(wire, targets);
  }

  /** End with the steps that run: what would follow them is left to other replicas. */
  leave(): void {
    this.#leaving = true;
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

  async #run(wire: WireCall, targets: readonly WireTarget[]): Promise<void> {
    const abort = new Abort();
    this.#open.set(wire.call, abort);
    let call = fromWireCall(targets[wire.target]!, wire);
    let began = this.#host.now();
    let turn = this.#turn;
    let outcome = await runStep(this.#catalogue, call, this.#host, abort);
    for (const { target, messageId } of wire.chain ?? []) {
      const ms = this.#host.now() - began;
      // After a step that waited for something the next may be done by any replica: the platform keeps room for it meanwhile.
      const waited = turn !== this.#turn && ms > LONGEST_WAIT_MS;
      if (waited || this.#stopped || this.#leaving || abort.aborted || !goesOn(outcome)) break;
      this.#answered({ call: wire.call, outcome, wentOnAfterMs: ms }, outcome.item.body.length);
      began += ms;
      turn = this.#turn;
      call = nextCall(call, targets[target]!, messageId, outcome.item);
      outcome = await runStep(this.#catalogue, call, this.#host, abort);
    }
    if (this.#stopped) return;
    this.#open.delete(wire.call);
    this.#answered({ call: wire.call, outcome }, outcome.kind === 'forward' ? outcome.item.body.length : 0);
  }

  #answered(answer: Answer, chars: number): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#turn++;
        this.#flush();
      });
    }
    this.#answers.push(answer);
    this.#chars += chars;
    if (this.#chars >= FULL_BATCH_CHARS) this.#flush();
  }

  #flush(): void {
    const answers = this.#answers;
    if (answers.length === 0) return;
    this.#answers = [];
    this.#chars = 0;
    this.#answer(answers);
  }
}

/** What is forwarded to all followers, of which a chain has one. */
const goesOn = (outcome: Outcome): outcome is Extract<Outcome, { kind: 'forward' }> =>
  outcome.kind === 'forward' && outcome.followers === undefined;
