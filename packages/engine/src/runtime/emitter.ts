// Where does an output go? Builds the messages that a step emits: recipients, ordering keys, due times, ids (E4).

import { SluiceError } from '@sluice/protocol';
import { childId } from '../core/child-id.ts';
import type { Emission, Payload } from '../core/message.ts';
import type { Follower, Plan, PlanNode } from '../core/plan.ts';
import { inputOf } from './content.ts';
import type { Context } from './context.ts';

/** One output of a step, before it is known who receives it. */
export interface Output {
  readonly payload: Payload;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly user: string;
}

export interface Origin {
  readonly processId: string;
  readonly parentId: string;
  readonly processStartedAt: number;
}

export class Emitter {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Messages for the followers of a node, in the order of the outputs.
   * @param chosen  follower ids or names; these go without asking conditions
   * @throws SluiceError `step.follower_unknown`, `step.no_route`, or of an expression
   */
  emit(
    plan: Plan,
    node: PlanNode,
    origin: Origin,
    outputs: readonly Output[],
    chosen?: readonly string[],
  ): Emission[] | Promise<Emission[]> {
    const followers = chosen ? chosenFollowers(plan, node, chosen) : node.asksNothing ? node.followers : null;
    if (followers === null || followers.some(({ to }) => !plan.nodes.get(to)!.entersPlain))
      return this.#emitSlowly(plan, node, origin, outputs, followers);
    const emissions: Emission[] = [];
    for (let index = 0; index < outputs.length; index++)
      for (const { to } of followers)
        emissions.push(this.#emission(plan.nodes.get(to)!, origin, outputs[index]!, `${index}:${to}`, null, null));
    return emissions;
  }

  /** The way for outputs of which something must be found out: a condition, an ordering key, a due time, a timer. */
  async #emitSlowly(
    plan: Plan,
    node: PlanNode,
    origin: Origin,
    outputs: readonly Output[],
    followers: readonly Follower[] | null,
  ): Promise<Emission[]> {
    const emissions: Emission[] = [];
    for (const [index, output] of outputs.entries()) {
      const recipients = followers ?? (await this.#recipients(node, output));
      for (const { to } of recipients) emissions.push(await this.enter(plan, to, origin, output, `${index}:${to}`));
    }
    return emissions;
  }

  /** One message as it enters the queue of a node. */
  async enter(
    plan: Plan,
    to: string,
    origin: Origin,
    output: Output,
    index: string,
    batch?: { cursor: string; sameCursor: number },
  ): Promise<Emission> {
    const target = plan.nodes.get(to)!;
    const orderingKey = await this.orderingKey(target, output);
    const now = this.#context.clock.now();
    const dueAt = target.kind === 'delay' ? await this.#dueAt(target, output, now) : null;
    const emission = this.#emission(target, origin, output, index, orderingKey, dueAt, batch);
    return {
      ...emission,
      ...(target.breakpoint && emission.enter === 'queue' ? { enter: 'breakpoint' as const } : {}),
      ...(target.timer ? { timerAt: now + target.timer.afterMs } : {}),
    };
  }

  #emission(
    target: PlanNode,
    origin: Origin,
    output: Output,
    index: string,
    orderingKey: string | null,
    dueAt: number | null,
    batch?: { cursor: string; sameCursor: number },
  ): Emission {
    return {
      enter: target.kind === 'user-task' ? 'held' : 'queue',
      message: {
        id: childId(origin.processId, target.queue, origin.parentId, index),
        queue: target.queue,
        processId: origin.processId,
        parentId: origin.parentId,
        user: output.user,
        headers: output.headers,
        contentType: output.contentType,
        payload: output.payload,
        attempt: 0,
        cursor: batch?.cursor ?? null,
        sameCursor: batch?.sameCursor ?? 0,
        orderingKey,
        dueAt,
        arrivedAt: this.#context.clock.now(),
        processStartedAt: origin.processStartedAt,
      },
    };
  }

  async orderingKey(node: PlanNode, output: Output): Promise<string | null> {
    if (!node.orderingKey) return node.orderingKey;
    const value = await this.#evaluate(node.orderingKey, output);
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  async #recipients(node: PlanNode, output: Output): Promise<readonly Follower[]> {
    if (node.asksNothing) return node.followers;
    const recipients: Follower[] = [];
    const first = node.kind === 'router' && node.settings.mode !== 'all';
    for (const follower of node.followers) {
      if (follower.when === null) {
        if (node.kind !== 'router') recipients.push(follower);
        continue;
      }
      if (isTrue(await this.#evaluate(follower.when, output))) {
        recipients.push(follower);
        if (first) break;
      }
    }
    if (node.kind !== 'router' || recipients.length > 0) return recipients;
    const otherwise = node.followers.filter((follower) => follower.when === null);
    if (otherwise.length === 0) throw new SluiceError('step.no_route', { node: node.id });
    return otherwise;
  }

  async #dueAt(node: PlanNode, output: Output, now: number): Promise<number> {
    const { delayMs, until } = node.settings;
    if (until === undefined) return now + (delayMs ?? 0);
    const value = await this.#evaluate(until, output);
    const due = typeof value === 'number' ? value : Date.parse(String(value));
    if (!Number.isFinite(due))
      throw new SluiceError('expression.failed', {
        expression: until,
        reason: `epoch milliseconds or an ISO date were expected, got ${JSON.stringify(value) ?? 'nothing'}`,
      });
    return Math.round(due);
  }

  async #evaluate(expression: string, output: Output): Promise<unknown> {
    return this.#context.expressions.evaluate(expression, await inputOf(this.#context, output));
  }
}

/** JSONata's own rule for conditions: only what is `true` in its sense passes; we ask for nothing weaker. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return Boolean(value);
}

function chosenFollowers(plan: Plan, node: PlanNode, chosen: readonly string[]): Follower[] {
  return chosen.map((name) => {
    const follower = node.followers.find(({ to }) => to === name || plan.nodes.get(to)!.name === name);
    if (!follower) throw new SluiceError('step.follower_unknown', { node: node.id, follower: name });
    return follower;
  });
}
