// House-keeping that nobody asks for by name: old processes and expired data go, and the books are checked.

import { isBalanced } from '../core/ledger.ts';
import type { Context } from './context.ts';

const SWEEP_MS = 60_000;
const AUDIT_MS = 30_000;
const SWEEP_BATCH = 500;
/** Entries and items may be large. */
const DATA_SWEEP_BATCH = 200;
const AUDITED_PROCESSES = 10_000;

export interface Retention {
  /** How long an ended process is kept with all its steps. What is in trash is kept until a person acts (T1). */
  readonly endedProcessesMs: number;
}

export class Keeper {
  readonly #context: Context;
  readonly #retention: Retention;
  readonly #cancels: (() => void)[] = [];
  readonly #reported = new Set<string>();
  #stopped = false;

  constructor(context: Context, retention: Retention) {
    this.#context = context;
    this.#retention = retention;
  }

  start(): void {
    this.#every(0, SWEEP_MS, () => this.sweep());
    this.#every(1, AUDIT_MS, () => this.audit());
    this.#every(2, SWEEP_MS, () => this.sweepData());
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#cancels) cancel();
  }

  /** Remove what is older than the rule. @returns how many processes */
  async sweep(): Promise<number> {
    let count = 0;
    for (;;) {
      const endedBefore = this.#context.clock.now() - this.#retention.endedProcessesMs;
      const gone = await this.#context.stores.messages.forget({ endedBefore, max: SWEEP_BATCH });
      await this.#context.stores.blobs.forget(gone);
      count += gone.length;
      if (gone.length < SWEEP_BATCH || this.#stopped) return count;
    }
  }

  /** Free the room of what connectors kept until now. @returns how much of it */
  async sweepData(): Promise<number> {
    let count = 0;
    for (;;) {
      const gone = await this.#context.stores.data.sweep(this.#context.clock.now(), DATA_SWEEP_BATCH);
      count += gone;
      if (gone < DATA_SWEEP_BATCH || this.#stopped) return count;
    }
  }

  /** Look at the books; only when they do not balance is it worth asking every process which message is missing (B2). */
  async audit(): Promise<void> {
    const entries = await this.#context.stores.reads.ledger();
    if ([...entries.values()].every(isBalanced)) return;
    const found = await this.#context.stores.reads.audit(AUDITED_PROCESSES);
    for (const { processId, topology, version, node, messageId, expected, found: present } of found) {
      if (this.#reported.has(processId)) continue;
      this.#reported.add(processId);
      this.#context.log.error('The ledger does not balance: a message is missing.', {
        processId,
        topology,
        version,
        node,
        parentMessageId: messageId,
        expected,
        present,
      });
    }
  }

  #every(slot: number, ms: number, run: () => Promise<unknown>): void {
    if (this.#stopped) return;
    this.#cancels[slot] = this.#context.clock.at(this.#context.clock.now() + ms, () => {
      run()
        .catch((error: unknown) => this.#context.log.warn('House-keeping failed; it is tried again.', { error }))
        .finally(() => this.#every(slot, ms, run));
    });
  }
}
