// Errors that decide the fate of a message. Anything else that a step throws fails the message.

import type { Outcome } from '@sluice/protocol';

/** Base of the errors below; each knows the outcome it stands for. */
export abstract class Verdict extends Error {
  /** @param now  epoch ms */
  abstract toOutcome(now: number): Outcome;
}

/** Run this step again later with the same input. What is not given comes from the node's `repeat` settings. */
export class Redeliver extends Verdict {
  override readonly name = 'Redeliver';
  readonly options: { readonly delayMs?: number; readonly attempts?: number };

  /** @param options.attempts  calls in all, the first one included */
  constructor(reason: string, options: { delayMs?: number; attempts?: number } & ErrorOptions = {}) {
    super(reason, options);
    this.options = options;
  }

  toOutcome(): Outcome {
    const { delayMs, attempts } = this.options;
    return {
      kind: 'redeliver',
      reason: this.message,
      ...(delayMs === undefined ? {} : { delayMs }),
      ...(attempts === undefined ? {} : { attempts }),
    };
  }
}

/** The remote side is full. The message waits until then and uses up no attempt. */
export class LimitReached extends Verdict {
  override readonly name = 'LimitReached';
  readonly options: { readonly untilMs?: number; readonly retryAfterMs?: number; readonly own?: boolean };

  /** @param options  `untilMs` as epoch ms, or `retryAfterMs` from now; `own` when it is the platform's limit */
  constructor(reason: string, options: { untilMs?: number; retryAfterMs?: number; own?: boolean } & ErrorOptions = {}) {
    super(reason, options);
    this.options = options;
  }

  toOutcome(now: number): Outcome {
    const { untilMs, retryAfterMs, own } = this.options;
    const until = untilMs ?? (retryAfterMs === undefined ? undefined : now + retryAfterMs);
    return {
      kind: 'limit',
      reason: this.message,
      ...(until === undefined ? {} : { untilMs: until }),
      ...(own ? { own } : {}),
    };
  }
}

/** This branch of the process is done, and that is fine. */
export class StopQuietly extends Verdict {
  override readonly name = 'StopQuietly';
  toOutcome(): Outcome {
    return { kind: 'stop', reason: this.message };
  }
}

/** Wait for a person to accept or reject the message. */
export class Hold extends Verdict {
  override readonly name = 'Hold';
  toOutcome(): Outcome {
    return { kind: 'hold', reason: this.message };
  }
}

/** The message cannot go on: an error path of the node that takes its code, else trash, with this reason. */
export class Fail extends Verdict {
  override readonly name = 'Fail';
  readonly options: { readonly code?: string; readonly problems?: readonly string[] };

  /**
   * @param options.code  a name of your own for what went wrong, such as `stock.none`; default `step.failed`
   * @param options.problems  all that is wrong, where there is more than one thing
   */
  constructor(reason: string, options: { code?: string; problems?: readonly string[] } & ErrorOptions = {}) {
    super(reason, options);
    this.options = options;
  }

  toOutcome(): Outcome {
    const { code, problems } = this.options;
    return {
      kind: 'fail',
      reason: this.message,
      ...(code === undefined ? {} : { code }),
      ...(problems === undefined ? {} : { problems }),
    };
  }
}

/** The outcome of anything thrown. */
export function outcomeOf(error: unknown, now: number): Outcome {
  if (error instanceof Verdict) return error.toOutcome(now);
  if (error instanceof Error)
    return { kind: 'fail', reason: error.name === 'Error' ? error.message : `${error.name}: ${error.message}` };
  return { kind: 'fail', reason: String(error) };
}
