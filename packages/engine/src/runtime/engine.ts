// The engine: its parts, started and stopped in order, and the calls that a server makes.

import { SluiceError } from '@sluice/protocol';
import { addEntries, EMPTY_ENTRY, isBalanced, type Ledger } from '../core/ledger.ts';
import { splitQueue } from '../core/message.ts';
import type { ProcessContent, ProcessRecord, ReadModel } from '../ports/read-model.ts';
import { Circuits } from './circuits.ts';
import { Collector } from './collector.ts';
import { Compensator } from './compensator.ts';
import { bodyOf } from './content.ts';
import type { Context } from './context.ts';
import { Deployer } from './deployer.ts';
import { Dispatchers } from './dispatchers.ts';
import { Emitter } from './emitter.ts';
import { Interventions } from './interventions.ts';
import { Keeper, type Retention } from './keeper.ts';
import { Limiter } from './limiter.ts';
import { Releaser } from './releaser.ts';
import { Retargeting } from './retargeting.ts';
import { Scheduler } from './scheduler.ts';
import { Spawner } from './spawner.ts';
import { type Start, type Started, Starter } from './starter.ts';
import { StepBuilder } from './step-builder.ts';
import { type StepObserver, StepRunner } from './step-runner.ts';
import { Timers } from './timers.ts';
import { type Awaited, Waiters } from './waiters.ts';

export interface EngineOptions extends Omit<Context, 'crash' | 'claimCheckBytes'> {
  readonly crash?: Context['crash'];
  /** Default 256 KiB. */
  readonly claimCheckBytes?: number;
  /** Default: ended processes are kept for 7 days. */
  readonly retention?: Retention;
  /** Default true. False: nothing old is removed and the books are not looked at in turns, for tests over long times. */
  readonly housekeeping?: boolean;
  /** Default true. False: no processes run here; what else stands on the stores, such as limits, is there. */
  readonly processes?: boolean;
}

const DEFAULT_RETENTION: Retention = { endedProcessesMs: 7 * 86_400_000 };

export class Engine {
  readonly #context: Context;
  readonly #emitter: Emitter;
  readonly #waiters = new Waiters();
  readonly #circuits: Circuits;
  readonly #limiter: Limiter;
  readonly #runner: StepRunner;
  readonly #dispatchers: Dispatchers;
  readonly #releaser: Releaser;
  readonly #timers: Timers;
  readonly #keeper: Keeper;
  readonly #housekeeping: boolean;
  /** Processes run here. */
  readonly processes: boolean;
  readonly #starter: Starter;
  readonly topologies: Deployer;
  readonly schedules: Scheduler;
  readonly interventions: Interventions;
  readonly retargeting: Retargeting;
  readonly compensations: Compensator;
  #state: 'new' | 'running' | 'stopping' = 'new';

  constructor(options: EngineOptions) {
    const context: Context = { crash: () => {}, claimCheckBytes: 256 * 1024, ...options };
    this.#context = context;
    this.#emitter = new Emitter(context);
    this.#circuits = new Circuits(context.clock, (worker) => this.#dispatchers.wakeWorker(worker));
    this.#limiter = new Limiter(context);
    const builder = new StepBuilder(context, this.#emitter);
    this.topologies = new Deployer(context, (name, plan) => this.schedules.adopt(name, plan));
    this.#starter = new Starter(context, this.#emitter, this.#waiters);
    const collector = new Collector(context, this.topologies, builder, (plan, message, draft) =>
      this.#runner.commitByHand(plan, message, 'held', draft),
    );
    this.compensations = new Compensator(context, this.topologies, this.#emitter, this.#starter);
    this.#runner = new StepRunner({
      context,
      builder,
      limiter: this.#limiter,
      circuits: this.#circuits,
      waiters: this.#waiters,
      spawner: new Spawner(context, this.topologies, this.#starter, builder),
      collector,
      compensator: this.compensations,
    });
    this.#timers = new Timers({ context, deployer: this.topologies, builder, runner: this.#runner, collector });
    this.#dispatchers = new Dispatchers(context, this.#runner, this.#circuits, (name, version) =>
      this.topologies.plan(name, version),
    );
    this.#runner.chainOver(this.#dispatchers);
    this.#releaser = new Releaser(context);
    this.#keeper = new Keeper(context, options.retention ?? DEFAULT_RETENTION);
    this.#housekeeping = options.housekeeping ?? true;
    this.processes = options.processes ?? true;
    this.schedules = new Scheduler(context, this.topologies, this.#starter);
    this.retargeting = new Retargeting(context, this.topologies, this.#starter, this.#runner);
    this.interventions = new Interventions({
      context,
      deployer: this.topologies,
      emitter: this.#emitter,
      builder,
      runner: this.#runner,
      starter: this.#starter,
      waiters: this.#waiters,
    });
  }

  /** Permits for calls that no message makes. */
  get limits(): Pick<Limiter, 'acquire' | 'pause' | 'fill'> {
    return this.#limiter;
  }

  /** Tell somebody of every attempt of a step. */
  observeSteps(observer: StepObserver): void {
    this.#runner.observer = observer;
  }

  get reads(): ReadModel {
    return this.#context.stores.reads;
  }

  /** Take up what waits in the store. */
  async start(): Promise<void> {
    if (!this.processes) return;
    await this.topologies.start();
    this.#state = 'running';
    this.#context.stores.messages.onDue(() => {
      this.#releaser.plan();
      this.#timers.plan();
    });
    this.#context.workers.onArrival((worker) => this.#circuits.reset(worker));
    this.#dispatchers.start();
    this.#limiter.start();
    this.#releaser.plan();
    this.#timers.plan();
    if (this.#housekeeping) this.#keeper.start();
    await this.schedules.start();
    await this.compensations.start();
  }

  /**
   * Take nothing new, let the steps under way end, then let go.
   * @param graceMs  what is not done by then runs again at the next start
   */
  async stop(graceMs = 10_000): Promise<void> {
    if (this.#state === 'stopping') return;
    this.#state = 'stopping';
    this.schedules.stop();
    this.#keeper.stop();
    await this.#dispatchers.stop(graceMs);
    this.#releaser.stop();
    this.#timers.stop();
    this.#limiter.stop();
    this.#circuits.stop();
  }

  /**
   * Start a process at a start node of the enabled version. Resolved = on disk (E1).
   * @throws SluiceError of the topology, the request, or the store
   */
  async run(topology: string, startNode: string, start: Start): Promise<Started> {
    this.#mustRun();
    const entry = this.topologies.entry(topology, startNode);
    const { plan, node } = entry instanceof Promise ? await entry : entry;
    return await this.#starter.start(plan, node, start);
  }

  /** Like `run`, and wait until a respond node answers, the process ends, or `waitMs` passed (`null`). */
  async runAndWait(
    topology: string,
    startNode: string,
    start: Start,
    waitMs: number,
  ): Promise<{ started: Started; result: Awaited | null }> {
    this.#mustRun();
    const { plan, node } = await this.topologies.entry(topology, startNode);
    let waiting: Promise<Awaited> | undefined;
    const started = await this.#starter.start(plan, node, start, (result) => {
      waiting = result;
    });
    if (started.duplicate) return { started, result: await this.#lateResult(started.processId) };
    const result = await new Promise<Awaited | null>((resolve) => {
      const cancel = this.#context.clock.at(this.#context.clock.now() + waitMs, () => {
        this.#waiters.forget(started.processId);
        resolve(null);
      });
      void waiting!.then((value) => {
        cancel();
        resolve(value);
      });
    });
    return { started, result };
  }

  /** Body of a payload, wherever it is kept. */
  body(payload: ProcessContent['payload']) {
    return bodyOf(this.#context, payload);
  }

  async ledger(topology?: string): Promise<Ledger> {
    const entries = await this.reads.ledger(topology);
    const nodes = [...entries].map(([queue, entry]) => ({
      ...splitQueue(queue),
      ...entry,
      balanced: isBalanced(entry),
    }));
    const sum = [...entries.values()].reduce(addEntries, EMPTY_ENTRY);
    // What one node misses is not made good by what another has too much.
    return { ...sum, balanced: nodes.every(({ balanced }) => balanced), nodes };
  }

  /** Workers that are not called at the moment, with the instant of the next try. */
  openCircuits(): ReadonlyMap<string, number> {
    return this.#circuits.open();
  }

  /** Steps that are under way. */
  inWork(): number {
    return this.#dispatchers.inWork();
  }

  /** Why nothing can be accepted at the moment, or null. */
  trouble(): string | null {
    if (!this.processes && this.#state === 'new') return this.#context.stores.trouble();
    if (this.#state !== 'running') return `the engine is ${this.#state === 'new' ? 'starting' : 'stopping'}`;
    return this.#context.stores.trouble();
  }

  async process(id: string): Promise<ProcessRecord> {
    const process = await this.reads.process(id);
    if (!process) throw new SluiceError('process.unknown', { id });
    return process;
  }

  async #lateResult(processId: string): Promise<Awaited | null> {
    const [process, content] = await Promise.all([this.reads.process(processId), this.reads.content(processId)]);
    if (content?.answer) return { kind: 'answer', answer: content.answer };
    if (!process || process.status === 'running') return null;
    return { kind: 'ended', status: process.status, code: null, reason: null };
  }

  #mustRun(): void {
    if (!this.processes) throw new SluiceError('engine.off', {});
    if (this.#state !== 'running') throw new SluiceError('engine.stopping', {});
  }
}
