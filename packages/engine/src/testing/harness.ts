// An engine in a test: virtual clock, seeded chance and order, steps as functions, crashes at will. The store is in
// memory unless a test brings another.

import type { CallResult, StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { inlineExpressions } from '../adapters/expressions/inline.ts';
import { WorkerDirectory } from '../adapters/workers/directory.ts';
import { MemoryDisk, memoryStores } from '../memory.ts';
import type { Stores } from '../ports/stores.ts';
import type { CrashPoint, Ids } from '../ports/system.ts';
import { Engine, type EngineOptions } from '../runtime/engine.ts';
import { Interleaver } from './interleaver.ts';
import { mortalStores } from './mortal-stores.ts';
import { seededIds, seededRandom } from './seeded-ids.ts';
import { simulatedWorker } from './simulated-worker.ts';
import { VirtualClock } from './virtual-clock.ts';

export type Answer = CallResult | Promise<CallResult>;
export type Steps = Readonly<Record<string, (call: StepCall) => Answer>>;

/** Where the engine dies: at a point, the so many-th time it is there. */
export interface CrashAt {
  readonly point: CrashPoint;
  readonly count: number;
}

export interface HarnessOptions {
  /** Actions of the worker "w"; one that is missing forwards what came. */
  readonly steps?: Steps;
  /** Workers by name, each a function that runs its calls. Default: "w" with the steps. */
  readonly workers?: Readonly<Record<string, (call: StepCall) => Answer>>;
  /** Chooses chance, and the order of what is ready at the same time; without it the order of arrival. */
  readonly seed?: number;
  /** Epoch milliseconds at which the virtual clock begins. */
  readonly beginAt?: number;
  /** Opens the store, again after every crash. Default: the same disk in memory. */
  readonly openStores?: () => Promise<Stores>;
  readonly crashAt?: CrashAt;
  /** Start again by itself after a crash, as a supervisor would. */
  readonly restarts?: boolean;
  readonly housekeeping?: EngineOptions['housekeeping'];
  /** Workers go on by themselves where they may; default false. */
  readonly chains?: boolean;
}

export class Harness {
  readonly interleaver: Interleaver;
  readonly clock: VirtualClock;
  readonly workers = new WorkerDirectory();
  /** Every call that reached a worker, in order. */
  readonly calls: StepCall[] = [];
  readonly logged: string[] = [];
  /** How often the engine came by each of the points where it may die. */
  readonly passed = new Map<CrashPoint, number>();
  /** What survives a crash; a test may damage it. */
  readonly disk = new MemoryDisk();
  stores!: Stores;
  engine!: Engine;
  crashed = false;
  readonly #options: HarnessOptions;
  readonly #ids: Ids;
  #crashes: { readonly point: CrashPoint; left: number }[] = [];
  /** Called when an engine has died and the next one runs. */
  readonly #reborn = new Set<() => void>();
  #life = { over: false };

  constructor(options: HarnessOptions = {}) {
    this.#options = options;
    // Spread, so that neighbouring seeds choose differently from the first turn on.
    this.interleaver = new Interleaver(
      options.seed === undefined ? undefined : seededRandom(Math.imul(options.seed, 0x9e37_79b9)),
    );
    this.clock = new VirtualClock(() => this.settle(), options.beginAt);
    this.#ids = seededIds(options.seed ?? 1);
  }

  static async start(model: TopologyModel | readonly TopologyModel[], options: HarnessOptions = {}): Promise<Harness> {
    const harness = new Harness(options);
    await harness.boot(options.crashAt);
    for (const one of Array.isArray(model) ? model : [model]) await harness.deploy(one);
    return harness;
  }

  /** Start an engine over what is on the disk. */
  async boot(crashAt?: CrashAt): Promise<void> {
    if (crashAt) this.crash(crashAt);
    // Opened anew, so that the leases of an engine before this one are void.
    await this.stores?.close();
    this.stores = this.#options.openStores ? await this.#options.openStores() : memoryStores(this.disk);
    const life = { over: false };
    this.#life = life;
    this.crashed = false;
    const isDead = (): boolean => life.over;
    const log = (message: string, fields: Record<string, unknown> = {}): void =>
      void this.logged.push(`${message} ${JSON.stringify(fields)}`);
    const { workers = { w: (call: StepCall) => this.#step(call) } } = this.#options;
    for (const [name, run] of Object.entries(workers)) {
      const counted = (call: StepCall): Answer => {
        this.calls.push(call);
        return run(call);
      };
      const { clock, interleaver } = this;
      const { chains = false } = this.#options;
      this.workers.join(name, simulatedWorker(counted, { clock, interleaver, isDead, chains }));
    }
    this.engine = new Engine({
      stores: mortalStores(this.stores, isDead, this.interleaver),
      workers: this.workers,
      expressions: inlineExpressions,
      clock: {
        now: () => this.clock.now(),
        // A dead engine's timers ring nobody.
        at: (at, run) => this.clock.at(at, () => void (life.over || run())),
      },
      ids: this.#ids,
      log: { info: log, warn: log, error: log },
      ...(this.#options.housekeeping === undefined ? {} : { housekeeping: this.#options.housekeeping }),
      crash: (point) => {
        if (!life.over) this.#pass(point, life);
      },
    });
    await this.engine.start();
  }

  /** Let the engine die when it comes by a point for the so many-th time from now on. */
  crash({ point, count }: CrashAt): void {
    this.#crashes.push({ point, left: count });
  }

  /** Crashes that were announced and have not come. */
  get crashesLeft(): readonly CrashPoint[] {
    return this.#crashes.map(({ point }) => point);
  }

  #pass(point: CrashPoint, life: { over: boolean }): void {
    this.passed.set(point, (this.passed.get(point) ?? 0) + 1);
    for (const crash of this.#crashes) if (crash.point === point) crash.left--;
    if (!this.#crashes.some(({ left }) => left === 0)) return;
    this.#crashes = this.#crashes.filter(({ left }) => left > 0);
    life.over = true;
    this.crashed = true;
    if (this.#options.restarts) this.interleaver.enqueue(() => this.#restart());
  }

  async #restart(): Promise<void> {
    await this.boot();
    for (const again of this.#reborn) again();
  }

  /**
   * An act from outside that must get through: when the engine dies before it answered, the next one is asked again.
   * @param act  idempotent
   */
  persist<T>(act: (engine: Engine) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const again = (): void => {
        act(this.engine)
          .then(resolve, reject)
          .finally(() => this.#reborn.delete(again));
      };
      this.#reborn.add(again);
      again();
    });
  }

  #step(call: StepCall): Answer {
    const run = this.#options.steps?.[call.target.action];
    return run ? run(call) : { kind: 'forward', item: { body: call.body } };
  }

  async deploy(model: TopologyModel): Promise<void> {
    const { name, version } = await this.engine.topologies.save(model);
    await this.engine.topologies.publish(name, version);
    await this.engine.topologies.enable(name, version);
  }

  /** Let everything run that can run without the clock. */
  settle(): Promise<void> {
    return this.interleaver.settled();
  }

  /** Start a process at `start` and let it go as far as it can without the clock. */
  async run(topology: string, body: unknown = {}, start: Partial<Parameters<Engine['run']>[2]> = {}): Promise<string> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { processId } = await this.engine.run(topology, 'start', {
      body: text,
      contentType: 'application/json',
      ...start,
    });
    await this.settle();
    return processId;
  }

  /** Calls of one action, as their bodies. */
  bodies(action: string): unknown[] {
    return this.calls.filter((call) => call.target.action === action).map((call) => JSON.parse(String(call.body)));
  }

  async states(processId: string): Promise<string[]> {
    const { items } = await this.engine.reads.history(processId, { limit: 500 });
    return items.map((item) => `${item.node}: ${item.state}${item.result ? ` (${item.result})` : ''}`);
  }

  /** Nothing of it goes on, and the store is closed. */
  async close(): Promise<void> {
    this.#life.over = true;
    await this.stores.close();
  }
}

/** A chain: start → each node in turn. Strings are custom steps of worker "w" with the action of the same name. */
export function chain(name: string, ...nodes: (string | TopologyModel['nodes'][number])[]): TopologyModel {
  const all = [
    { id: 'start', kind: 'start' as const },
    ...nodes.map((node) => (typeof node === 'string' ? custom(node) : node)),
  ];
  return { name, nodes: all, connections: all.slice(1).map((node, index) => ({ from: all[index]!.id, to: node.id })) };
}

export function custom(
  id: string,
  settings: TopologyModel['nodes'][number]['settings'] = {},
): TopologyModel['nodes'][number] {
  return { id, kind: 'custom', worker: 'w', action: id, settings };
}
