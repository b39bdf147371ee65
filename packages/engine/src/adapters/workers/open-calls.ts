// Calls that were sent and not answered yet, by number. Every one ends exactly once: answered, timed out, or given up.

import { type Called, fromWireOutcome, outcomeFault, type WireOutcome } from '@sluice/protocol';
import { ShortLived } from '../../core/short-lived.ts';
import type { Chain } from '../../ports/worker-caller.ts';

/** Deadlines are looked at this often: one sweep for all calls instead of a timer for each. */
const SWEEP_MS = 20;

interface OpenCall {
  readonly resolve: (result: Called) => void;
  deadline: number;
  timeoutMs: number;
  readonly chain: Chain | undefined;
  /** Steps of the chain that were answered. */
  passed: number;
}

export class OpenCalls {
  readonly #calls = new ShortLived<number, OpenCall>();
  readonly #onTimeout: (numbers: readonly number[]) => void;
  #next = 1;
  #sweeping: NodeJS.Timeout | null = null;
  /** Answers to calls that nobody waits for: late, or given twice. */
  strays = 0;

  /** @param onTimeout  these calls were just given up because their time is over, or their caller gone */
  constructor(onTimeout: (numbers: readonly number[]) => void) {
    this.#onTimeout = onTimeout;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** @returns the number of the call */
  open(timeoutMs: number, resolve: (result: Called) => void, chain?: Chain): number {
    const number = this.#next++;
    this.#calls.set(number, { resolve, deadline: Date.now() + timeoutMs, timeoutMs, chain, passed: 0 });
    this.#sweeping ??= setInterval(() => this.#sweep(), SWEEP_MS);
    return number;
  }

  has(number: number): boolean {
    return this.#calls.has(number);
  }

  /** Answers as they came over the wire; each is checked. */
  settle(answers: readonly unknown[]): void {
    for (const answer of answers) {
      const { call, outcome, wentOnAfterMs } = (answer ?? {}) as {
        call?: number;
        outcome?: unknown;
        wentOnAfterMs?: unknown;
      };
      const fault = outcomeFault(outcome);
      const result: Called =
        fault === null
          ? fromWireOutcome(outcome as WireOutcome)
          : { kind: 'malformed', code: 'worker.answer_malformed', reason: fault };
      const known =
        fault !== null || wentOnAfterMs === undefined
          ? this.end(call as number, result)
          : this.#pass(call as number, result, Number(wentOnAfterMs));
      if (!known) this.strays++;
    }
  }

  /** A worker says that it went on with the next step of a chain: if it may, the time for that begins. */
  #pass(number: number, outcome: Called, durationMs: number): boolean {
    const call = this.#calls.get(number);
    const link = call?.chain?.links[call.passed];
    if (!call || !link || outcome.kind !== 'forward' || outcome.followers || !(durationMs >= 0))
      return this.end(number, {
        kind: 'malformed',
        code: 'worker.answer_malformed',
        reason: 'the worker says that it went on with a step that it was not given',
      });
    call.passed++;
    call.timeoutMs = link.timeoutMs;
    call.deadline = Date.now() + link.timeoutMs;
    call.chain!.passed(outcome, durationMs);
    return true;
  }

  /** @returns false when nobody waits for this call */
  end(number: number, result: Called): boolean {
    const call = this.#calls.take(number);
    if (!call) return false;
    call.resolve(result);
    return true;
  }

  /** End a call whose caller is gone: it is given up like one whose time is over. */
  giveUpOn(number: number, signal: AbortSignal | undefined): void {
    if (!signal) return;
    const giveUp = (): void => {
      if (this.end(number, { kind: 'unanswered', reason: 'the caller no longer waits' })) this.#onTimeout([number]);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  }

  /** End all that are open. */
  endAll(resultOf: (number: number) => Called): void {
    if (this.#sweeping) clearInterval(this.#sweeping);
    this.#sweeping = null;
    for (const number of [...this.#calls.keys()]) this.end(number, resultOf(number));
  }

  #sweep(): void {
    const now = Date.now();
    const late: number[] = [];
    for (const [number, { deadline, timeoutMs }] of this.#calls) {
      if (deadline > now) continue;
      late.push(number);
      this.end(number, { kind: 'unanswered', reason: `no answer within ${timeoutMs} ms` });
    }
    if (late.length > 0) this.#onTimeout(late);
    if (this.#calls.size > 0 || !this.#sweeping) return;
    clearInterval(this.#sweeping);
    this.#sweeping = null;
  }
}
