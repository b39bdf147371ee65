// What a person does to messages and processes: cancel, replay, discard, decide a task.

import { type Body, type Headers, ownHeaders, SluiceError } from '@sluice/protocol';
import type { Message } from '../core/message.ts';
import type { PlanNode } from '../core/plan.ts';
import type { StepRecord, WaitingFilter } from '../ports/read-model.ts';
import { bodyOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Emitter, Output } from './emitter.ts';
import type { Starter } from './starter.ts';
import type { StepBuilder } from './step-builder.ts';
import type { StepRunner } from './step-runner.ts';
import type { Waiters } from './waiters.ts';

/** Changes made to a message before it runs again; what is not given stays. */
export interface Edit {
  readonly body?: Body | undefined;
  readonly headers?: Headers | undefined;
  readonly contentType?: string | undefined;
  /** Another node of the same version to run at. */
  readonly node?: string | undefined;
}

export interface BulkResult {
  readonly done: number;
  readonly failed: readonly { readonly id: string; readonly code: string; readonly detail: string }[];
}

const BULK_PAGE = 200;

export class Interventions {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #emitter: Emitter;
  readonly #builder: StepBuilder;
  readonly #runner: StepRunner;
  readonly #starter: Starter;
  readonly #waiters: Waiters;

  constructor(parts: {
    context: Context;
    deployer: Deployer;
    emitter: Emitter;
    builder: StepBuilder;
    runner: StepRunner;
    starter: Starter;
    waiters: Waiters;
  }) {
    this.#context = parts.context;
    this.#deployer = parts.deployer;
    this.#emitter = parts.emitter;
    this.#builder = parts.builder;
    this.#runner = parts.runner;
    this.#starter = parts.starter;
    this.#waiters = parts.waiters;
  }

  /** @throws SluiceError `process.unknown`, `process.ended` */
  async cancel(processId: string): Promise<void> {
    const process = await this.#process(processId);
    const cancelled = await this.#context.stores.messages.cancel(processId, this.#context.clock.now());
    if (!cancelled) throw new SluiceError('process.ended', { id: processId, status: process.status });
    this.#waiters.ended(processId, 'cancelled');
  }

  /**
   * Run a process, or one message of it, again as a new process that is linked to the old one (B3).
   * @param from  node or message to begin at; without both the start
   */
  async replay(
    processId: string,
    from: { messageId?: string | undefined; node?: string | undefined },
    edit: Edit = {},
  ): Promise<{ processId: string }> {
    const process = await this.#process(processId);
    const plan = await this.#deployer.plan(process.topology, process.version);
    if (!plan) throw new SluiceError('topology.version_unknown', { name: process.topology, version: process.version });
    const nodeOf = (id: string): PlanNode => {
      const node = plan.nodes.get(id);
      if (!node)
        throw new SluiceError('topology.node_unknown', { topology: plan.topology, version: plan.version, node: id });
      return node;
    };
    const step =
      from.messageId !== undefined
        ? await this.#step(from.messageId)
        : from.node !== undefined && from.node !== process.startNode
          ? await this.#firstAt(processId, nodeOf(from.node))
          : null;
    if (step && step.message.processId !== processId) throw new SluiceError('message.unknown', { id: step.message.id });
    const content = step?.message ?? (await this.#context.stores.reads.content(processId))!;
    const start = {
      body: edit.body ?? (await bodyOf(this.#context, content.payload)),
      contentType: edit.contentType ?? content.contentType,
      headers: edit.headers ?? content.headers,
      user: step?.message.user ?? process.user,
      replayOf: processId,
    };
    const node = nodeOf(edit.node ?? step?.node ?? process.startNode);
    if (!step && edit.node === undefined) return this.#starter.start(plan, node, start);
    return this.#starter.startAt(plan, node, start, step?.node === node.id ? step.message.cursor : null);
  }

  /** Put a message from trash back into its queue; attempts start again at 1, the process goes on. */
  async replayTrash(messageId: string, edit: Edit = {}): Promise<void> {
    const { message, node } = await this.#waiting(messageId, 'trash');
    const target = edit.node === undefined ? node : await this.#nodeOf(message, edit.node);
    const output: Output = {
      payload: edit.body === undefined ? message.payload : await payloadOf(this.#context, message.processId, edit.body),
      headers: edit.headers ? ownHeaders(edit.headers) : message.headers,
      contentType: edit.contentType ?? message.contentType,
      user: message.user,
    };
    const orderingKey = await this.#emitter.orderingKey(target, output);
    const { payload, headers, contentType } = output;
    const applied = await this.#runner.commitByHand(message, 'trash', {
      move: { to: 'queue', queue: target.queue, payload, headers, contentType, orderingKey },
      emitted: [],
    });
    if (!applied) throw new SluiceError('message.unknown', { id: messageId });
  }

  async discardTrash(messageId: string): Promise<void> {
    await this.#finish(messageId, 'trash');
  }

  /** A person says yes: the message goes on to the followers of its node, perhaps edited. */
  async acceptTask(messageId: string, edit: Edit = {}): Promise<void> {
    const { message, node } = await this.#waiting(messageId, 'held');
    const plan = (await this.#planOf(message))!;
    const edited: Message = {
      ...message,
      ...(edit.body === undefined ? {} : { payload: await payloadOf(this.#context, message.processId, edit.body) }),
      ...(edit.headers ? { headers: ownHeaders(edit.headers) } : {}),
      ...(edit.contentType ? { contentType: edit.contentType } : {}),
    };
    const draft = await this.#builder.fromBuiltin(plan, node, edited, { kind: 'pass' });
    if (!(await this.#runner.commitByHand(message, 'held', draft)))
      throw new SluiceError('message.unknown', { id: messageId });
  }

  /** A person says no: the branch ends there. */
  async rejectTask(messageId: string): Promise<void> {
    await this.#finish(messageId, 'held');
  }

  /** One act for every waiting message that matches; goes on past those that fail and names them. */
  async bulk(filter: WaitingFilter, act: (messageId: string) => Promise<void>): Promise<BulkResult> {
    const failed: { id: string; code: string; detail: string }[] = [];
    let done = 0;
    // Those that came before the call; a message that lands in trash again is not taken twice.
    let cursor: string | undefined;
    do {
      const page = await this.#context.stores.reads.waiting(filter, { limit: BULK_PAGE, cursor });
      const results = await Promise.allSettled(page.items.map((step) => act(step.message.id)));
      for (const [index, result] of results.entries()) {
        if (result.status === 'fulfilled') done++;
        else {
          const error = result.reason as SluiceError;
          failed.push({
            id: page.items[index]!.message.id,
            code: error.code ?? 'internal.unexpected',
            detail: error.message,
          });
        }
      }
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return { done, failed };
  }

  async #finish(messageId: string, from: 'held' | 'trash'): Promise<void> {
    const { message } = await this.#waiting(messageId, from);
    const reason = from === 'held' ? 'rejected by a person' : 'discarded by a person';
    const applied = await this.#runner.commitByHand(message, from, {
      move: { to: 'done', result: 'discarded', reason },
      emitted: [],
    });
    if (!applied) throw new SluiceError('message.unknown', { id: messageId });
  }

  async #waiting(messageId: string, state: 'held' | 'trash'): Promise<{ message: Message; node: PlanNode }> {
    const step = await this.#context.stores.reads.step(messageId);
    if (!step || step.state !== state) throw new SluiceError('message.unknown', { id: messageId });
    return { message: step.message, node: await this.#nodeOf(step.message, step.node) };
  }

  async #step(messageId: string): Promise<StepRecord> {
    const step = await this.#context.stores.reads.step(messageId);
    if (!step) throw new SluiceError('message.unknown', { id: messageId });
    return step;
  }

  /** First message of a process at a node. */
  async #firstAt(processId: string, node: PlanNode): Promise<StepRecord | null> {
    let cursor: string | undefined;
    do {
      const page = await this.#context.stores.reads.history(processId, { limit: 500, cursor });
      const step = page.items.find((item) => item.message.queue === node.queue);
      if (step) return step;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    throw new SluiceError('message.unknown', { id: `${processId} at node ${node.id}` });
  }

  async #process(id: string) {
    const process = await this.#context.stores.reads.process(id);
    if (!process) throw new SluiceError('process.unknown', { id });
    return process;
  }

  async #nodeOf(message: Message, id: string): Promise<PlanNode> {
    const plan = await this.#planOf(message);
    const node = plan?.nodes.get(id);
    if (node) return node;
    const [topology = '', version = '0'] = message.queue.split('/');
    throw new SluiceError('topology.node_unknown', { topology, version: Number(version), node: id });
  }

  async #planOf(message: Message) {
    const [topology = '', version = '0'] = message.queue.split('/');
    return this.#deployer.plan(topology, Number(version));
  }
}
