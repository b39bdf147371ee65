// The life of a topology version: draft → published → enabled ⇄ disabled (V1).
//
// A published version never changes; a new model makes a new version. Which version takes new traffic is one small
// record per topology, so enabling is one write. Running processes keep the version they began on.

import { SluiceError } from '@sluice/protocol';
import { type Problem, type TopologyModel, validate } from '@sluice/topology';
import { type Plan, type PlanNode, planOf } from '../core/plan.ts';
import { Breakpoints } from './breakpoints.ts';
import type { Context } from './context.ts';

export type VersionState = 'draft' | 'published' | 'enabled' | 'disabled';

export interface VersionRecord {
  readonly name: string;
  readonly version: number;
  readonly state: VersionState;
  readonly createdAt: number;
  readonly publishedAt: number | null;
  readonly model: TopologyModel;
}

/** As stored; whether it is enabled is stored apart. */
interface StoredVersion {
  readonly model: TopologyModel;
  readonly createdAt: number;
  readonly publishedAt: number | null;
}

/** A start node of the version that takes new traffic. */
export interface Entry {
  readonly plan: Plan;
  readonly node: PlanNode;
}

const VERSIONS = 'topology-version';
const ENABLED = 'topology-enabled';
const keyOf = (name: string, version: number): string => `${name}/${String(version).padStart(8, '0')}`;

export class Deployer {
  readonly #context: Context;
  readonly #onEnabled: (name: string, plan: Plan | null) => Promise<void>;
  readonly #plans = new Map<string, Plan>();
  /** Version that takes new traffic, by name; null = none. */
  readonly #enabled = new Map<string, number | null>();
  /** Topic starts of the enabled versions, by topology. */
  readonly #subscribers = new Map<string, readonly Entry[]>();
  readonly #followers: ((name: string) => Promise<void>)[] = [];
  readonly breakpoints: Breakpoints;
  /** Changes of one topology happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(context: Context, onEnabled: (name: string, plan: Plan | null) => Promise<void>) {
    this.#context = context;
    this.#onEnabled = onEnabled;
    this.breakpoints = new Breakpoints(context, () => this.#plans.values());
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#context.stores.records.list<{ version: number | null }>(ENABLED)) {
      this.#enabled.set(key, value.version);
    }
    await this.breakpoints.start();
    for (const [name, version] of this.#enabled)
      if (version !== null) this.#subscribe(name, await this.plan(name, version));
  }

  /** Told after another version takes the new traffic of a topology, or none does; whoever enables waits for it. */
  follow(follower: (name: string) => Promise<void>): void {
    this.#followers.push(follower);
  }

  /** Start nodes of all enabled versions. */
  async entries(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const [name, version] of this.#enabled) {
      const plan = version === null ? null : await this.plan(name, version);
      if (plan) for (const node of plan.nodes.values()) if (node.isStart) entries.push({ plan, node });
    }
    return entries;
  }

  /** Store a model: into the draft when the newest version is one, else as a new version. */
  save(model: TopologyModel): Promise<{ name: string; version: number; problems: readonly Problem[] }> {
    return this.#oneByOne(async () => {
      const { version, problems } = await this.foresee(model);
      const value: StoredVersion = { model, createdAt: this.#context.clock.now(), publishedAt: null };
      await this.#context.stores.records.write([{ collection: VERSIONS, key: keyOf(model.name, version), value }]);
      return { name: model.name, version, problems };
    });
  }

  /** What `save` would answer, with nothing stored. */
  async foresee(model: TopologyModel): Promise<{ name: string; version: number; problems: readonly Problem[] }> {
    const newest = (await this.#stored(model.name)).at(-1);
    const version = newest === undefined ? 1 : newest.publishedAt === null ? newest.version : newest.version + 1;
    return { name: model.name, version, problems: this.problems(model) };
  }

  problems(model: TopologyModel): Problem[] {
    const { expressions, forms } = this.#context;
    return validate(
      model,
      (expression) => expressions.fault(expression),
      (schema) => forms?.fault(schema) ?? null,
    );
  }

  /** @throws SluiceError `topology.invalid` with all problems */
  publish(name: string, version: number): Promise<VersionRecord> {
    return this.#oneByOne(async () => {
      const stored = await this.#one(name, version);
      if (stored.publishedAt === null) {
        const problems = this.problems(stored.model);
        if (problems.length > 0) throw new SluiceError('topology.invalid', { name, problems });
        const value = { ...stored, publishedAt: this.#context.clock.now() };
        await this.#context.stores.records.write([{ collection: VERSIONS, key: keyOf(name, version), value }]);
      }
      return this.get(name, version);
    });
  }

  /** New traffic goes to this version from now on. */
  enable(name: string, version: number): Promise<VersionRecord> {
    return this.#oneByOne(async () => {
      const stored = await this.#one(name, version);
      if (stored.publishedAt === null) throw new SluiceError('topology.not_published', { name, version });
      await this.#setEnabled(name, version);
      return this.get(name, version);
    });
  }

  /** No new traffic; what runs goes on to its end. */
  disable(name: string, version: number): Promise<VersionRecord> {
    return this.#oneByOne(async () => {
      const stored = await this.#one(name, version);
      if (stored.publishedAt === null) throw new SluiceError('topology.not_published', { name, version });
      if (this.#enabled.get(name) === version) await this.#setEnabled(name, null);
      return this.get(name, version);
    });
  }

  async list(): Promise<Omit<VersionRecord, 'model'>[]> {
    const rows = await this.#context.stores.records.list<StoredVersion>(VERSIONS);
    return rows.map(({ key, value }) => {
      const { model: _, ...rest } = this.#record(key, value);
      return rest;
    });
  }

  /** @param version  without it the enabled one, or the newest when none is */
  async get(name: string, version?: number): Promise<VersionRecord> {
    const wanted = version ?? this.#enabled.get(name) ?? (await this.#stored(name)).at(-1)?.version;
    if (wanted === undefined) throw new SluiceError('topology.unknown', { name });
    return this.#record(keyOf(name, wanted), await this.#one(name, wanted));
  }

  /** Plan of a version, published or not; null when it is not stored. */
  async plan(name: string, version: number): Promise<Plan | null> {
    const key = keyOf(name, version);
    let plan = this.#plans.get(key);
    if (!plan) {
      const stored = await this.#context.stores.records.get<StoredVersion>(VERSIONS, key);
      if (!stored) return null;
      plan = planOf(stored.model, version);
      this.breakpoints.mark(plan);
      if (stored.publishedAt !== null) this.#plans.set(key, plan);
    }
    return plan;
  }

  /**
   * Plan of a version that may run.
   * @throws SluiceError `topology.unknown`, `topology.version_unknown`, `topology.not_published`
   */
  async runnable(name: string, version: number): Promise<Plan> {
    const { publishedAt } = await this.#one(name, version);
    if (publishedAt === null) throw new SluiceError('topology.not_published', { name, version });
    return (await this.plan(name, version))!;
  }

  /**
   * Where a start goes: the enabled version and its start node.
   * @throws SluiceError `topology.unknown`, `topology.not_enabled`, `topology.node_unknown`, `topology.not_a_start`
   */
  entry(name: string, nodeName: string): Entry | Promise<Entry> {
    const version = this.#enabled.get(name);
    // Every start comes by here: a plan that is known is not waited for.
    const plan = version ? this.#plans.get(keyOf(name, version)) : undefined;
    return plan ? entryOf(plan, nodeName) : this.#enabledPlan(name).then((found) => entryOf(found, nodeName));
  }

  /**
   * Where a call goes: like `entry`, and without a start node to the only one.
   * @throws SluiceError as `entry`, and `call.start_unclear`
   */
  async callee(name: string, startNode?: string): Promise<Entry> {
    if (startNode !== undefined) return this.entry(name, startNode);
    const plan = await this.#enabledPlan(name);
    const starts = [...plan.nodes.values()].filter((node) => node.kind === 'start');
    if (starts.length !== 1)
      throw new SluiceError('call.start_unclear', { topology: name, starts: starts.map((node) => node.id) });
    return { plan, node: starts[0]! };
  }

  /** Where a publication goes: every enabled topology with a start that subscribes. */
  subscribers(topic: string): readonly Entry[] {
    return [...this.#subscribers.values()].flat().filter(({ node }) => node.settings.topic === topic);
  }

  /**
   * Hold messages that arrive at a node, or hold them no more; for all versions.
   * @throws SluiceError `topology.unknown`, `topology.node_unknown`, `topology.no_breakpoint`
   */
  async setBreakpoint(name: string, nodeId: string, on: boolean): Promise<void> {
    const { version } = await this.get(name);
    const node = (await this.plan(name, version))!.nodes.get(nodeId);
    if (!node) throw new SluiceError('topology.node_unknown', { topology: name, version, node: nodeId });
    if (node.isStart)
      throw new SluiceError('topology.no_breakpoint', { topology: name, node: nodeId, kind: node.kind });
    await this.breakpoints.set(name, nodeId, on);
  }

  async #enabledPlan(name: string): Promise<Plan> {
    const version = this.#enabled.get(name);
    if (version === undefined || version === null) {
      if ((await this.#stored(name)).length === 0) throw new SluiceError('topology.unknown', { name });
      throw new SluiceError('topology.not_enabled', { name });
    }
    return (await this.plan(name, version))!;
  }

  #subscribe(name: string, plan: Plan | null): void {
    const topics = [...(plan?.nodes.values() ?? [])].filter((node) => node.kind === 'topic' && node.isStart);
    if (plan && topics.length > 0)
      this.#subscribers.set(
        name,
        topics.map((node) => ({ plan, node })),
      );
    else this.#subscribers.delete(name);
  }

  async #setEnabled(name: string, version: number | null): Promise<void> {
    await this.#context.stores.records.write([{ collection: ENABLED, key: name, value: { version } }]);
    this.#enabled.set(name, version);
    const plan = version === null ? null : await this.plan(name, version);
    this.#subscribe(name, plan);
    await this.#onEnabled(name, plan);
    for (const follower of this.#followers) await follower(name);
  }

  #record(key: string, stored: StoredVersion): VersionRecord {
    const slash = key.lastIndexOf('/');
    const name = key.slice(0, slash);
    const version = Number(key.slice(slash + 1));
    const enabled = this.#enabled.get(name);
    const state: VersionState =
      stored.publishedAt === null
        ? 'draft'
        : enabled === version
          ? 'enabled'
          : enabled === undefined
            ? 'published'
            : 'disabled';
    return { name, version, state, createdAt: stored.createdAt, publishedAt: stored.publishedAt, model: stored.model };
  }

  async #stored(name: string): Promise<(StoredVersion & { version: number })[]> {
    const rows = await this.#context.stores.records.list<StoredVersion>(VERSIONS, `${name}/`);
    return rows.map(({ key, value }) => ({ ...value, version: Number(key.slice(key.lastIndexOf('/') + 1)) }));
  }

  async #one(name: string, version: number): Promise<StoredVersion> {
    const stored = await this.#context.stores.records.get<StoredVersion>(VERSIONS, keyOf(name, version));
    if (stored) return stored;
    if ((await this.#stored(name)).length === 0) throw new SluiceError('topology.unknown', { name });
    throw new SluiceError('topology.version_unknown', { name, version });
  }

  #oneByOne<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(change, change);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function entryOf(plan: Plan, nodeName: string): Entry {
  const { topology, version } = plan;
  const node = plan.nodes.get(nodeName) ?? [...plan.nodes.values()].find((other) => other.name === nodeName);
  if (!node) throw new SluiceError('topology.node_unknown', { topology, version, node: nodeName });
  if (!node.isStart) throw new SluiceError('topology.not_a_start', { topology, node: nodeName, kind: node.kind });
  return { plan, node };
}
