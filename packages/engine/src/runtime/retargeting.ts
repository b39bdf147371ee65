// Messages of trash that go on with another version of their topology, such as the one in which the fault is mended.
//
// A process ends on the version that it began with (V1). So the message ends here and begins a new process there, which
// is linked to the old one: both in one commit, so that it is never in two places or in none.

import { SluiceError } from '@sluice/protocol';
import { splitQueue } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { StepRecord, WaitingFilter } from '../ports/read-model.ts';
import { bodyOf } from './content.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Edit } from './interventions.ts';
import type { Starter } from './starter.ts';
import type { StepRunner } from './step-runner.ts';

export interface Retarget {
  readonly version: number;
  /** What nodes are called there, where it is another name. */
  readonly nodes?: Readonly<Record<string, string>> | undefined;
}

/** Where messages of a node would go. */
export interface Foreseen {
  readonly topology: string;
  readonly version: number;
  readonly node: string;
  readonly count: number;
  /** Null: the other version has no such node, and they stay. */
  readonly to: string | null;
}

/** A version on which a message could go on. */
export interface Destination {
  readonly version: number;
  /** Node of the same name. */
  readonly node: string | null;
  /** Every node that takes messages. */
  readonly nodes: readonly string[];
}

export class Retargeting {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #starter: Starter;
  readonly #runner: StepRunner;

  constructor(context: Context, deployer: Deployer, starter: Starter, runner: StepRunner) {
    this.#context = context;
    this.#deployer = deployer;
    this.#starter = starter;
    this.#runner = runner;
  }

  /** @throws SluiceError `message.unknown`, `topology.version_unknown`, `topology.not_published`, `topology.node_unknown` */
  async replay(messageId: string, { version, nodes }: Retarget, edit: Edit = {}): Promise<{ processId: string }> {
    const { message, node } = await this.#inTrash(messageId);
    const from = splitQueue(message.queue);
    const process = await this.#context.stores.reads.process(message.processId);
    const own = await this.#deployer.plan(from.topology, from.version);
    if (!process || !own) throw new SluiceError('message.unknown', { id: messageId });
    const plan = await this.#deployer.runnable(from.topology, version);
    const name = edit.node ?? renamed(nodes, node);
    const at = taking(plan, name);
    if (!at) throw new SluiceError('topology.node_unknown', { topology: plan.topology, version, node: name });
    const start = await this.#starter.prepare(
      plan,
      at,
      {
        body: edit.body ?? (await bodyOf(this.#context, message.payload)),
        contentType: edit.contentType ?? message.contentType,
        headers: edit.headers ?? message.headers,
        user: message.user,
        replayOf: message.processId,
        businessKey: process.businessKey,
      },
      { at, index: 'replay', cursor: at.kind === own.nodes.get(node)?.kind ? message.cursor : null },
    );
    const reason = `goes on at "${at.id}" of version ${version} as process ${start.processId}`;
    const applied = await this.#runner.commitByHand(own, message, 'trash', {
      move: { to: 'done', result: 'discarded', reason },
      emitted: [],
      starts: [start],
    });
    if (!applied) throw new SluiceError('message.unknown', { id: messageId });
    return { processId: start.processId };
  }

  /** What `replay` of all that match would do. */
  async foresee(filter: WaitingFilter, { version, nodes }: Retarget): Promise<Foreseen[]> {
    const found = new Map<string, Foreseen>();
    for (const group of await this.#context.stores.reads.waitingGroups({ ...filter, state: 'trash' })) {
      const { topology, node, count } = group;
      const key = JSON.stringify([topology, group.version, node]);
      const plan = await this.#deployer.runnable(topology, version).catch(missing);
      const to = (plan && taking(plan, renamed(nodes, node))?.id) ?? null;
      found.set(key, { topology, version: group.version, node, to, count: count + (found.get(key)?.count ?? 0) });
    }
    return [...found.values()];
  }

  /** Other published versions, the newest first. */
  async destinations(messageId: string): Promise<Destination[]> {
    const { message, node } = await this.#inTrash(messageId);
    const { topology, version: own } = splitQueue(message.queue);
    const versions = (await this.#deployer.list())
      .filter((one) => one.name === topology && one.version !== own && one.state !== 'draft')
      .map(({ version }) => version)
      .sort((a, b) => b - a);
    return Promise.all(
      versions.map(async (version) => {
        const plan = await this.#deployer.runnable(topology, version);
        const nodes = [...plan.nodes.values()].filter(({ isStart }) => !isStart).map(({ id }) => id);
        return { version, node: nodes.includes(node) ? node : null, nodes };
      }),
    );
  }

  async #inTrash(id: string): Promise<StepRecord> {
    const step = await this.#context.stores.reads.step(id);
    if (step?.state !== 'trash') throw new SluiceError('message.unknown', { id });
    return step;
  }
}

function taking(plan: Plan, name: string): PlanNode | undefined {
  const node = plan.nodes.get(name);
  return node?.isStart ? undefined : node;
}

const renamed = (nodes: Retarget['nodes'], node: string): string =>
  nodes && Object.hasOwn(nodes, node) ? nodes[node]! : node;

/** Of this topology there is no such version that runs; of another there may be. */
function missing(error: unknown): null {
  if (error instanceof SluiceError && error.code.startsWith('topology.')) return null;
  throw error;
}
