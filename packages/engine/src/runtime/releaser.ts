// Delayed messages, back into their queues when they are due. One timer for all of them.

import type { Context } from './context.ts';

const BATCH = 500;
const RETRY_MS = 1_000;

export class Releaser {
  readonly #context: Context;
  #cancel: (() => void) | null = null;
  #plannedAt: number | null = null;
  #releasing = false;
  #stopped = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Look at the earliest due time; called after every commit that may have changed it. */
  plan(): void {
    if (this.#stopped || this.#releasing) return;
    const due = this.#context.stores.messages.nextDue();
    if (due === this.#plannedAt) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#plannedAt = due;
    if (due !== null) this.#cancel = this.#context.clock.at(due, () => void this.#release());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  async #release(): Promise<void> {
    this.#releasing = true;
    this.#plannedAt = null;
    let pauseMs = 0;
    try {
      while ((await this.#context.stores.messages.releaseDue(this.#context.clock.now(), BATCH)) === BATCH);
      this.#context.crash('after-release');
    } catch (error) {
      pauseMs = RETRY_MS;
      if (!this.#stopped)
        this.#context.log.warn('Delayed messages could not be released; it is tried again.', { error });
    }
    this.#releasing = false;
    if (this.#stopped) return;
    if (pauseMs > 0)
      this.#cancel = this.#context.clock.at(this.#context.clock.now() + pauseMs, () => void this.#release());
    else this.plan();
  }
}
