// Trouble between the platform and a worker, announced by a test and met by the next calls.

import type { CallResult, StepCall } from '@sluice/protocol';
import { type Duration, milliseconds } from './duration.ts';

/**
 * `worker-unreachable` nothing reaches the worker · `worker-timeout` the call arrives, the step never runs, the time limit
 * passes · `answer-lost` the step ran and its answer is lost · `answer-malformed` the answer is no outcome ·
 * `called-twice` the worker gets the same call twice · `too-many-requests` the remote service says 429, with `retryAfter`.
 */
export const FAULT_KINDS = [
  'worker-unreachable',
  'worker-timeout',
  'answer-lost',
  'answer-malformed',
  'called-twice',
  'too-many-requests',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultOptions {
  /** Only calls of this node; default any. */
  readonly node?: string | undefined;
  /** Default 1. */
  readonly times?: number | undefined;
  /** Of `too-many-requests`: the `Retry-After`. */
  readonly retryAfter?: Duration | undefined;
}

export interface FaultyCall {
  readonly call: StepCall;
  /** The step itself, as it answers when nothing is wrong. */
  readonly run: () => Promise<CallResult>;
  /** Never answers: the time limit of the node decides. */
  readonly silence: () => Promise<CallResult>;
  readonly now: number;
}

const ACT: Readonly<Record<FaultKind, (faulty: FaultyCall, retryAfterMs?: number) => Promise<CallResult>>> = {
  'worker-unreachable': async () => ({ kind: 'unreachable', reason: 'the test made the worker unreachable' }),
  'worker-timeout': ({ silence }) => silence(),
  async 'answer-lost'({ run, silence }) {
    await run();
    return silence();
  },
  async 'answer-malformed'({ run }) {
    await run();
    return { kind: 'malformed', code: 'worker.answer_malformed', reason: 'the test made the answer unreadable' };
  },
  async 'called-twice'({ run }) {
    const first = await run();
    await run();
    return first;
  },
  async 'too-many-requests'({ now }, retryAfterMs) {
    const until = retryAfterMs === undefined ? {} : { untilMs: now + retryAfterMs };
    return { kind: 'limit', reason: 'the test made the remote service answer 429', ...until };
  },
};

interface Announced extends FaultOptions {
  readonly kind: FaultKind;
  left: number;
}

export class Faults {
  readonly #announced: Announced[] = [];

  announce(kind: FaultKind, options: FaultOptions): void {
    if (!FAULT_KINDS.includes(kind)) throw new TypeError(`Trouble is ${FAULT_KINDS.join(', ')}; got "${kind}".`);
    this.#announced.push({ ...options, kind, left: options.times ?? 1 });
  }

  /** Run a call with the trouble that was announced for it, or without. */
  meet(faulty: FaultyCall): Promise<CallResult> {
    const { node } = faulty.call.target;
    const fault = this.#announced.find((one) => one.left > 0 && (one.node === undefined || one.node === node));
    if (!fault) return faulty.run();
    fault.left--;
    return ACT[fault.kind](faulty, fault.retryAfter === undefined ? undefined : milliseconds(fault.retryAfter));
  }

  /** What was announced and has not come, in words. */
  get left(): string[] {
    return this.#announced
      .filter(({ left }) => left > 0)
      .map(({ kind, node, left }) => `fault ${kind}${node === undefined ? '' : ` at node "${node}"`}, ${left} time(s)`);
  }
}
