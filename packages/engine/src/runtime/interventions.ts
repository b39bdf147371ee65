// What a person does to messages and processes: cancel, replay, discard, decide a task.

import { type Body, type Headers, ownHeaders, SluiceError } from '@sluice/protocol';
import { type Message, splitQueue } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
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
  /** Another node to run at. */
  readonly node?: string | undefined;
}

export interface BulkResult {
  readonly done: number;
  readonly failed: readonly { readonly id: string; readonly code: string; readonly detail: string }[];
  /** Where to go on, when there are more than were wanted. */
  readonly next?: string;
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
    await this.#cancelCalled(processId);
  }

  /** Nobody waits any more for what it called. */
  async #cancelCalled(processId: string): Promise<void> {
    let cursor: string | undefined;
    do {
      const filter = { parentId: processId, status: 'running' } as const;
      const page = await this.#context.stores.reads.processes(filter, { limit: 500, cursor });
      for (const { id, parent } of page.items)
        if (parent?.relation === 'call')
          await this.cancel(id).catch((error: unknown) => {
            // It ended by itself meanwhile.
            if (!(error instanceof SluiceError) || error.code !== 'process.ended') throw error;
          });
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }

  /**
   * Run a process, or one message of it, again as a new process that is linked to the old one (B3).
   * @param from  node or message to begin at; without both the start
   * @param toVersion  another version of the topology to run on; nodes are found there by their names
   */
  async replay(
    processId: string,
    from: { messageId?: string | undefined; node?: string | undefined },
    edit: Edit = {},
    toVersion?: number,
  ): Promise<{ processId: string }> {
    const process = await this.#process(processId);
    const plan = await this.#deployer.plan(process.topology, process.version);
    if (!plan) throw new SluiceError('topology.version_unknown', { name: process.topology, version: process.version });
    const step =
      from.messageId !== undefined
        ? await this.#step(from.messageId)
        : from.node !== undefined && from.node !== process.startNode
          ? await this.#firstAt(processId, nodeOf(plan, from.node))
          : null;
    if (step && step.message.processId !== processId) throw new SluiceError('message.unknown', { id: step.message.id });
    const content = step?.message ?? (await this.#context.stores.reads.content(processId))!;
    const start = {
      body: edit.body ?? (await bodyOf(this.#context, content.payload)),
      contentType: edit.contentType ?? content.contentType,
      headers: edit.headers ?? content.headers,
      user: step?.message.user ?? process.user,
      replayOf: processId,
      ...(step || edit.node !== undefined ? { businessKey: process.businessKey } : {}),
    };
    const target = toVersion === undefined ? plan : await this.#deployer.runnable(process.topology, toVersion);
    const node = nodeOf(target, edit.node ?? step?.node ?? process.startNode);
    if (!step && edit.node === undefined) return this.#starter.start(target, node, start);
    return this.#starter.startAt(target, node, start, step?.node === node.id ? step.message.cursor : null);
  }

  /** Put a message from trash back into its queue; attempts start again at 1, the process goes on. */
  async replayTrash(messageId: string, edit: Edit = {}): Promise<void> {
    await this.#backToQueue(messageId, 'trash', edit);
  }

  /** Let a message that is held at a breakpoint run at its node. */
  async resume(messageId: string, edit: Edit = {}): Promise<void> {
    await this.#backToQueue(messageId, 'breakpoint', edit);
  }

  async #backToQueue(messageId: string, place: 'trash' | 'breakpoint', edit: Edit): Promise<void> {
    const { message, plan, node } = await this.#waiting(messageId, place);
    const target = edit.node === undefined ? node : nodeOf(plan, edit.node);
    const output: Output = {
      payload: edit.body === undefined ? message.payload : await payloadOf(this.#context, message.processId, edit.body),
      headers: edit.headers ? ownHeaders(edit.headers) : message.headers,
      contentType: edit.contentType ?? message.contentType,
      user: message.user,
    };
    const orderingKey = await this.#emitter.orderingKey(target, output);
    const { payload, headers, contentType } = output;
    const dueAt = this.#context.clock.now() + (target.timer?.afterMs ?? 0);
    const applied = await this.#runner.commitByHand(plan, message, place === 'trash' ? 'trash' : 'held', {
      move: { to: 'queue', queue: target.queue, payload, headers, contentType, orderingKey },
      emitted: [],
      ...(target.timer ? { timer: { id: messageId, of: 'message' as const, dueAt } } : {}),
    });
    if (!applied) throw new SluiceError('message.unknown', { id: messageId });
  }

  async discardTrash(messageId: string): Promise<void> {
    await this.#finish(messageId, 'trash');
  }

  /**
   * A person says yes: the message goes on to the followers of its node, perhaps edited.
   * @throws SluiceError `task.answer_invalid` when the node has a form and the body is not what it asks
   */
  async acceptTask(messageId: string, edit: Edit = {}): Promise<void> {
    const { message, plan, node } = await this.#waiting(messageId, 'held');
    const edited: Message = {
      ...message,
      ...(edit.body === undefined ? {} : { payload: await payloadOf(this.#context, message.processId, edit.body) }),
      ...(edit.headers ? { headers: ownHeaders(edit.headers) } : {}),
      ...(edit.contentType ? { contentType: edit.contentType } : {}),
    };
    await this.#mustAnswer(node, edited);
    const draft = await this.#builder.fromBuiltin(plan, node, edited, { kind: 'pass' });
    if (!(await this.#runner.commitByHand(plan, message, 'held', draft)))
      throw new SluiceError('message.unknown', { id: messageId });
  }

  async #mustAnswer(node: PlanNode, message: Message): Promise<void> {
    const { form } = node.settings;
    if (!form || !this.#context.forms) return;
    const value = jsonOf(await bodyOf(this.#context, message.payload));
    const problems =
      value === undefined
        ? [{ in: 'body' as const, pointer: '', message: 'must be JSON' }]
        : this.#context.forms.problems(form, value);
    if (problems.length > 0) throw new SluiceError('task.answer_invalid', { id: message.id, node: node.id, problems });
  }

  /** A person says no: the branch ends there. */
  async rejectTask(messageId: string): Promise<void> {
    await this.#finish(messageId, 'held');
  }

  /**
   * One act for every waiting message that matches, or for the next `limit` of them; goes on past those that fail and
   * names them.
   */
  async bulk(
    filter: WaitingFilter,
    act: (messageId: string) => Promise<void>,
    { limit = Number.POSITIVE_INFINITY, ...from }: { limit?: number | undefined; cursor?: string | undefined } = {},
  ): Promise<BulkResult> {
    const failed: { id: string; code: string; detail: string }[] = [];
    let done = 0;
    // Those that came before the call; a message that lands in trash again is not taken twice.
    let cursor = from.cursor;
    do {
      const wanted = Math.min(BULK_PAGE, limit - done - failed.length);
      const page = await this.#context.stores.reads.waiting(filter, { limit: wanted, cursor });
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
    } while (cursor !== undefined && done + failed.length < limit);
    return { done, failed, ...(cursor === undefined ? {} : { next: cursor }) };
  }

  /** End a message that is held at a breakpoint. */
  async discardHeld(messageId: string): Promise<void> {
    await this.#finish(messageId, 'breakpoint');
  }

  async #finish(messageId: string, place: Place): Promise<void> {
    const { message, plan } = await this.#waiting(messageId, place);
    const reason = place === 'held' ? 'rejected by a person' : 'discarded by a person';
    const applied = await this.#runner.commitByHand(plan, message, place === 'trash' ? 'trash' : 'held', {
      move: { to: 'done', result: 'discarded', reason },
      emitted: [],
    });
    if (!applied) throw new SluiceError('message.unknown', { id: messageId });
  }

  async #waiting(messageId: string, place: Place): Promise<{ message: Message; plan: Plan; node: PlanNode }> {
    const step = await this.#context.stores.reads.step(messageId);
    const there = place === 'trash' ? step?.state === 'trash' : step?.state === 'held' && step.result === place;
    if (!step || !there) throw new SluiceError('message.unknown', { id: messageId });
    const { topology, version } = splitQueue(step.message.queue);
    const plan = await this.#deployer.plan(topology, version);
    if (!plan) throw new SluiceError('topology.version_unknown', { name: topology, version });
    return { message: step.message, plan, node: nodeOf(plan, step.node) };
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
}

/** Where a person finds a message that waits. */
type Place = 'trash' | 'held' | 'breakpoint';

/** undefined when it is no JSON */
function jsonOf(body: Body): unknown {
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function nodeOf(plan: Plan, id: string): PlanNode {
  const node = plan.nodes.get(id);
  if (node) return node;
  throw new SluiceError('topology.node_unknown', { topology: plan.topology, version: plan.version, node: id });
}
