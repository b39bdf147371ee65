// All queues that have or had something ready, and who wakes them.

import { splitQueue } from '../core/message.ts';
import type { Plan } from '../core/plan.ts';
import type { Circuits } from './circuits.ts';
import type { Context } from './context.ts';
import { Dispatcher } from './dispatcher.ts';
import type { StepRunner } from './step-runner.ts';

export class Dispatchers {
  readonly #context: Context;
  readonly #runner: StepRunner;
  readonly #circuits: Circuits;
  readonly #planOf: (topology: string, version: number) => Promise<Plan | null>;
  readonly #byQueue = new Map<string, Dispatcher>();
  readonly #opening = new Set<string>();
  #running = false;

  constructor(
    context: Context,
    runner: StepRunner,
    circuits: Circuits,
    planOf: (topology: string, version: number) => Promise<Plan | null>,
  ) {
    this.#context = context;
    this.#runner = runner;
    this.#circuits = circuits;
    this.#planOf = planOf;
  }

  start(): void {
    this.#running = true;
    this.#context.stores.messages.onReady((queue) => this.wake(queue));
    this.#context.workers.onCapacity((worker) => {
      this.wakeWorker(worker);
    });
  }

  /** No more claims. Resolved when the steps under way are committed or `graceMs` passed. */
  async stop(graceMs: number): Promise<void> {
    this.#running = false;
    for (const dispatcher of this.#byQueue.values()) dispatcher.stop();
    const deadline = Date.now() + graceMs;
    while (this.inWork() > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#runner.stop();
  }

  inWork(): number {
    let sum = 0;
    for (const dispatcher of this.#byQueue.values()) sum += dispatcher.inWork;
    return sum;
  }

  /** Null for a queue that nothing was ready in since the start. */
  of(queue: string): Dispatcher | null {
    return this.#byQueue.get(queue) ?? null;
  }

  wake(queue: string): void {
    if (!this.#running) return;
    const dispatcher = this.#byQueue.get(queue);
    if (dispatcher) dispatcher.pump();
    else if (!this.#opening.has(queue)) void this.#open(queue);
  }

  wakeWorker(worker: string): void {
    if (!this.#running) return;
    for (const dispatcher of this.#byQueue.values()) if (dispatcher.worker === worker) dispatcher.pump();
  }

  async #open(queue: string): Promise<void> {
    this.#opening.add(queue);
    try {
      const { topology, version, node: id } = splitQueue(queue);
      const plan = await this.#planOf(topology, version);
      const node = plan?.nodes.get(id);
      if (!plan || !node) {
        this.#context.log.error('Messages wait in a queue whose topology version is not stored; they stay there.', {
          queue,
        });
        return;
      }
      const dispatcher = new Dispatcher(this.#context, plan, node, this.#runner, this.#circuits);
      this.#byQueue.set(queue, dispatcher);
      dispatcher.pump();
    } catch (error) {
      this.#context.log.error('A queue could not be opened; it is tried again.', { queue, error });
      this.#context.clock.at(this.#context.clock.now() + 1_000, () => this.wake(queue));
    } finally {
      this.#opening.delete(queue);
    }
  }
}
