// Timer paths and the time limits of joins: one timer for all of them, the instants are on disk.

import { splitQueue } from '../core/message.ts';
import type { Timer } from '../core/step.ts';
import type { Collector } from './collector.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { StepBuilder } from './step-builder.ts';
import type { StepRunner } from './step-runner.ts';

const BATCH = 200;
const RETRY_MS = 1_000;

export class Timers {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #builder: StepBuilder;
  readonly #runner: StepRunner;
  readonly #collector: Collector;
  #cancel: (() => void) | null = null;
  #plannedAt: number | null = null;
  #firing = false;
  #stopped = false;

  constructor(parts: {
    context: Context;
    deployer: Deployer;
    builder: StepBuilder;
    runner: StepRunner;
    collector: Collector;
  }) {
    this.#context = parts.context;
    this.#deployer = parts.deployer;
    this.#builder = parts.builder;
    this.#runner = parts.runner;
    this.#collector = parts.collector;
  }

  /** Look at the earliest timer; called whenever it may have changed. */
  plan(): void {
    if (this.#stopped || this.#firing) return;
    const next = this.#context.stores.messages.nextTimer();
    if (next === this.#plannedAt) return;
    this.#wakeAt(next);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #wakeAt(at: number | null): void {
    this.#cancel?.();
    this.#plannedAt = at;
    this.#cancel = at === null ? null : this.#context.clock.at(at, () => void this.#fire());
  }

  async #fire(): Promise<void> {
    this.#firing = true;
    this.#plannedAt = null;
    let pause = false;
    try {
      const due = await this.#context.stores.reads.dueTimers(this.#context.clock.now(), BATCH);
      const results = await Promise.allSettled(due.map((timer) => this.#one(timer)));
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        pause = true;
        if (!this.#stopped)
          this.#context.log.warn('A timer could not be served; it is tried again.', { error: result.reason });
      }
      pause ||= due.length > 0 && (await this.#anyLeft(due));
    } catch (error) {
      pause = true;
      if (!this.#stopped) this.#context.log.warn('Timers could not be read; they are tried again.', { error });
    }
    this.#firing = false;
    if (this.#stopped) return;
    if (pause) this.#wakeAt(this.#context.clock.now() + RETRY_MS);
    else this.plan();
  }

  /** Timers that are still due after they were served wait a moment, so that nothing spins. */
  async #anyLeft(served: readonly Timer[]): Promise<boolean> {
    const ids = new Set(served.map((timer) => timer.id));
    const due = await this.#context.stores.reads.dueTimers(this.#context.clock.now(), BATCH);
    return due.some((timer) => ids.has(timer.id));
  }

  async #one({ id, of }: Timer): Promise<void> {
    if (of === 'collection') return this.#collector.expired(id);
    const step = await this.#context.stores.reads.step(id);
    const waits = step !== null && step.state !== 'done' && step.state !== 'trash';
    const { topology, version, node: nodeId } = splitQueue(step?.message.queue ?? '//');
    const plan = waits ? await this.#deployer.plan(topology, version) : null;
    const node = plan?.nodes.get(nodeId);
    if (step && plan && node?.timer) {
      const draft = await this.#builder.alongTimerPath(plan, node, step.message);
      // When it did not count, the message has just moved: the next look sees where it is.
      await this.#runner.commitByHand(plan, step.message, 'anywhere', draft);
    } else await this.#context.stores.messages.clearTimer(id);
  }
}
