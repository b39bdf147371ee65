// An engine in a test: store in memory, virtual clock, seeded chance, steps as functions, crashes at will.

import { createHash } from 'node:crypto';
import type { CallResult, StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { inlineExpressions } from '../adapters/expressions/inline.ts';
import { WorkerDirectory } from '../adapters/workers/directory.ts';
import { localTransport } from '../adapters/workers/local.ts';
import { MemoryDisk, memoryStores } from '../memory.ts';
import type { Stores } from '../ports/stores.ts';
import type { CrashPoint, Ids } from '../ports/system.ts';
import { Engine } from '../runtime/engine.ts';
import { settle, VirtualClock } from './virtual-clock.ts';

export type Answer = CallResult | Promise<CallResult>;
export type Steps = Readonly<Record<string, (call: StepCall) => Answer>>;

/** The same seed gives the same ids and the same chance. */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0;
  let count = 0;
  return {
    process: (at) => `${String(at).padStart(14, '0')}-${String(++count).padStart(6, '0')}`,
    derived: (at, text) =>
      `${String(at).padStart(14, '0')}-${createHash('sha1').update(text).digest('hex').slice(0, 12)}`,
    digest: (text) => createHash('sha1').update(text).digest('base64url').slice(0, 16),
    random: () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    },
  };
}

export interface HarnessOptions {
  readonly steps?: Steps;
  readonly seed?: number;
  readonly clock?: VirtualClock;
  /** Default: a fresh store in memory. */
  readonly stores?: Stores;
  readonly crashAt?: { readonly point: CrashPoint; readonly count: number };
}

/** What a dead store still says at once; everything else never answers. */
const SILENT: Readonly<Record<string, () => unknown>> = {
  nextDue: () => null,
  nextTimer: () => null,
  limitedKeys: () => new Map(),
  giveBack: () => {},
  onReady: () => {},
  onDue: () => {},
};

/**
 * Stores of an engine that may die: from then on nothing it does reaches the disk, and nothing answers it any more.
 * What is on the disk stays for the next one.
 */
function mortal(stores: Stores, isDead: () => boolean): Stores {
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (!isDead()) return value.apply(target, args);
          return name in SILENT ? SILENT[String(name)]!() : new Promise(() => {});
        };
      },
    });
  return {
    ...stores,
    messages: guard(stores.messages),
    limits: guard(stores.limits),
    records: guard(stores.records),
    blobs: guard(stores.blobs),
  };
}

export class Harness {
  readonly clock: VirtualClock;
  readonly workers = new WorkerDirectory();
  /** Every call that reached a worker, in order. */
  readonly calls: StepCall[] = [];
  readonly logged: string[] = [];
  stores: Stores;
  engine!: Engine;
  crashed = false;
  readonly #options: HarnessOptions;
  readonly #ids: Ids;
  /** What survives a crash; a test may damage it. */
  readonly disk = new MemoryDisk();

  constructor(options: HarnessOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? new VirtualClock();
    this.stores = options.stores ?? memoryStores(this.disk);
    this.#ids = seededIds(options.seed ?? 1);
  }

  static async start(model: TopologyModel | readonly TopologyModel[], options: HarnessOptions = {}): Promise<Harness> {
    const harness = new Harness(options);
    await harness.boot(options.crashAt);
    for (const one of Array.isArray(model) ? model : [model]) await harness.deploy(one);
    return harness;
  }

  /** Start an engine over the present stores. */
  async boot(crashAt?: HarnessOptions['crashAt']): Promise<void> {
    // Opened anew, so that the leases of an engine before this one are void.
    if (!this.#options.stores) this.stores = memoryStores(this.disk);
    let left = crashAt?.count ?? 0;
    const life = { over: false };
    this.crashed = false;
    const log = (message: string, fields: Record<string, unknown> = {}): void =>
      void this.logged.push(`${message} ${JSON.stringify(fields)}`);
    this.workers.join(
      'w',
      localTransport((call) => {
        if (life.over) return new Promise(() => {});
        this.calls.push(call);
        const run = this.#options.steps?.[call.target.action];
        return run ? run(call) : { kind: 'forward', item: { body: call.body } };
      }),
    );
    this.engine = new Engine({
      stores: mortal(this.stores, () => life.over),
      workers: this.workers,
      expressions: inlineExpressions,
      clock: this.clock,
      ids: this.#ids,
      log: { info: log, warn: log, error: log },
      crash: (point) => {
        if (point !== crashAt?.point || --left !== 0) return;
        life.over = true;
        this.crashed = true;
      },
    });
    await this.engine.start();
  }

  async deploy(model: TopologyModel): Promise<void> {
    const { name, version } = await this.engine.topologies.save(model);
    await this.engine.topologies.publish(name, version);
    await this.engine.topologies.enable(name, version);
  }

  /** Start a process at `start` and let it go as far as it can without the clock. */
  async run(topology: string, body: unknown = {}, start: Partial<Parameters<Engine['run']>[2]> = {}): Promise<string> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { processId } = await this.engine.run(topology, 'start', {
      body: text,
      contentType: 'application/json',
      ...start,
    });
    await settle();
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
