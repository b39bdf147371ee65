// Steps that start processes: `call` and `topic`. The processes begin in the commit of the step (E3), so none is lost
// and none begins twice, wherever the engine ends.

import { SluiceError } from '@sluice/protocol';
import type { Acceptance, Relation } from '../core/acceptance.ts';
import type { Message } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { ProcessRecord } from '../ports/read-model.ts';
import { bodyOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Output } from './emitter.ts';
import type { Starter } from './starter.ts';
import { type Draft, type StepBuilder, sameAs } from './step-builder.ts';

/** Processes above each other; more is taken for a call, or a publication, that never ends. */
const MAX_DEPTH = 32;

export class Spawner {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #starter: Starter;
  readonly #builder: StepBuilder;

  constructor(context: Context, deployer: Deployer, starter: Starter, builder: StepBuilder) {
    this.#context = context;
    this.#deployer = deployer;
    this.#starter = starter;
    this.#builder = builder;
  }

  /** A message at a call: starts the called process, waits for it, or goes on with what came of it. */
  async call(plan: Plan, node: PlanNode, message: Message): Promise<Draft> {
    const called = message.cursor === null ? null : await this.#context.stores.reads.process(message.cursor);
    if (called?.status === 'completed') return this.#answered(plan, node, message, called);
    if (called?.status === 'running') return this.#stillRunning(node, message, called);
    // Attempts are counted from 0 again when a person replays the message: then another process is called.
    if (message.attempt > 0 && message.cursor !== null) throw await this.#failure(node, message.cursor, called);

    const { topology, startNode, wait = true } = node.settings;
    const target = await this.#deployer.callee(topology!, startNode);
    const depth = await this.#depth(message);
    const start = await this.#start(target, node, message, depth, wait ? 'call' : 'start', message.cursor ?? '');
    if (!wait) return { ...(await this.#builder.forward(plan, node, message, sameAs(message))), starts: [start] };
    return { ...this.#wait(node, start.processId), starts: [start] };
  }

  /** A message at a topic: starts a process for every subscriber and goes on. */
  async publish(plan: Plan, node: PlanNode, message: Message): Promise<Draft> {
    const subscribers = this.#deployer.subscribers(node.settings.topic!);
    const depth = subscribers.length > 0 ? await this.#depth(message) : 0;
    const starts: Acceptance[] = [];
    for (const target of subscribers)
      starts.push(
        await this.#start(target, node, message, depth, 'topic', `${target.plan.topology}/${target.node.id}`),
      );
    const draft = await this.#builder.forward(plan, node, message, sameAs(message));
    if (draft.move.to !== 'done') return draft;
    const reason = `published to ${subscribers.length} subscriber${subscribers.length === 1 ? '' : 's'}`;
    return { ...draft, move: { ...draft.move, reason }, starts };
  }

  /** Of a process that the message starts. */
  async #depth({ processId }: Message): Promise<number> {
    return ((await this.#context.stores.reads.process(processId))?.depth ?? 0) + 1;
  }

  async #start(
    target: { plan: Plan; node: PlanNode },
    node: PlanNode,
    message: Message,
    depth: number,
    relation: Relation,
    salt: string,
  ): Promise<Acceptance> {
    if (depth > MAX_DEPTH)
      throw new SluiceError('call.too_deep', { node: node.id, topology: target.plan.topology, depth });
    const start = {
      body: await bodyOf(this.#context, message.payload),
      contentType: message.contentType,
      headers: message.headers,
      user: message.user,
      // Derived from the message (E4): a step that is repeated means the same process.
      processId: this.#context.ids.derived(message.arrivedAt, `${relation}|${message.id}|${salt}`),
      parent: { processId: message.processId, messageId: message.id, relation },
      depth,
    };
    // A subscriber evaluates keys and conditions in a step of its own process.
    const enter = relation === 'topic' ? { at: target.node, index: 'published' } : undefined;
    return this.#starter.prepare(target.plan, target.node, start, enter);
  }

  #wait(node: PlanNode, processId: string): Draft {
    const { timeoutMs } = node.settings;
    const dueAt = timeoutMs === undefined ? null : this.#context.clock.now() + timeoutMs;
    return { move: { to: 'called', processId, dueAt, reason: `waits for process ${processId}` }, emitted: [] };
  }

  /** Its time is up, or a person replayed a message whose process runs (again): wait for that one. */
  #stillRunning(node: PlanNode, { attempt, dueAt }: Message, called: ProcessRecord): Draft {
    const { timeoutMs } = node.settings;
    if (attempt > 0 && timeoutMs !== undefined && dueAt !== null && dueAt <= this.#context.clock.now())
      throw new SluiceError('call.timed_out', { topology: called.topology, processId: called.id, timeoutMs });
    return this.#wait(node, called.id);
  }

  async #answered(plan: Plan, node: PlanNode, message: Message, called: ProcessRecord): Promise<Draft> {
    const answer = (await this.#context.stores.reads.content(called.id))?.answer;
    const output: Output = answer
      ? {
          ...sameAs(message),
          payload: await payloadOf(this.#context, message.processId, await bodyOf(this.#context, answer.payload)),
          contentType: answer.contentType,
        }
      : sameAs(message);
    return this.#builder.forward(plan, node, message, output);
  }

  async #failure(node: PlanNode, processId: string, called: ProcessRecord | null): Promise<SluiceError> {
    const page = await this.#context.stores.reads.waiting({ state: 'trash', processId }, { limit: 1 });
    return new SluiceError('call.failed', {
      topology: called?.topology ?? node.settings.topology!,
      processId,
      status: called?.status ?? 'is gone',
      reason: page.items[0]?.reason ?? 'nothing of it is in trash.',
    });
  }
}
