// From what a step answered to what is committed: every row of the outcome table ends here in a Move.

import { type Called, type FaultCode, type Item, type KeptBody, SluiceError } from '@sluice/protocol';
import { gathered, MANY_TEXTS, TextBytes } from '@sluice/protocol/text';
import type { Repeat } from '@sluice/topology';
import type { Emission, Message, Payload } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import { redeliveryDelay } from '../core/redelivery.ts';
import type { Move, Step } from '../core/step.ts';
import type { Builtin } from './builtins.ts';
import { payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Emitter, Output } from './emitter.ts';

/** A batch that answers the same cursor this often in a row is stuck. */
const STUCK_PAGES = 3;
const JSON_TYPE = 'application/json';
/** A reason that travels in a header is cut here; the history has all of it. */
const MAX_REASON = 1_000;

export interface Draft {
  readonly move: Move;
  readonly emitted: readonly Emission[];
  readonly answer?: Step['answer'];
  readonly starts?: Step['starts'];
  readonly joins?: Step['joins'];
  readonly timer?: Step['timer'];
}

export class StepBuilder {
  readonly #context: Context;
  readonly #emitter: Emitter;

  constructor(context: Context, emitter: Emitter) {
    this.#context = context;
    this.#emitter = emitter;
  }

  /** Every Called but `unreachable`, which is no step at all. At once where nothing has to be waited for. */
  fromWorker(
    plan: Plan,
    node: PlanNode,
    message: Message,
    result: Exclude<Called, { kind: 'unreachable' }>,
  ): Draft | Promise<Draft> {
    switch (result.kind) {
      case 'forward': {
        const output = this.#output(message, result.item);
        if (output instanceof Promise)
          return output.then((ready) => this.#forward(plan, node, message, [ready], result.followers));
        return this.#forward(plan, node, message, [output], result.followers);
      }
      case 'split':
        return this.#split(plan, node, message, result);
      case 'redeliver':
        return this.#redeliver(node, message, result);
      case 'unanswered':
        return this.#unanswered(node, message, result);
      case 'limit':
        return {
          move: {
            to: 'limited',
            limitKey: waitKey(result.untilMs ?? this.#context.clock.now() + (node.limit?.windowMs ?? 10_000), node),
            reason: result.reason,
          },
          emitted: [],
        };
      case 'hold':
        return { move: { to: 'held', reason: result.reason }, emitted: [] };
      case 'stop':
        return { move: { to: 'done', result: 'stopped', reason: result.reason }, emitted: [] };
      case 'fail':
        return trash(
          result.code ?? 'step.failed',
          new SluiceError('step.failed', { node: node.id, reason: result.reason }).message,
        );
      case 'malformed': {
        const details = { worker: node.worker!, node: node.id, reason: result.reason };
        return trash(result.code, new SluiceError(result.code, details).message);
      }
    }
  }

  async fromBuiltin(plan: Plan, node: PlanNode, message: Message, builtin: Builtin): Promise<Draft> {
    switch (builtin.kind) {
      case 'pass': {
        const draft = await this.#forward(plan, node, message, [sameAs(message)]);
        if (!builtin.answer) return draft;
        return { ...draft, move: { to: 'done', result: 'responded' }, answer: builtin.answer };
      }
      case 'json':
        return this.#forward(plan, node, message, [await this.#json(message, builtin.value)]);
      case 'items':
        return this.#forward(
          plan,
          node,
          message,
          await Promise.all(
            builtin.values.map((value, index) => this.#item(message, value, index, builtin.values.length)),
          ),
        );
      case 'stop':
        return { move: { to: 'done', result: 'stopped', reason: builtin.reason }, emitted: [] };
    }
  }

  /**
   * What would go to trash goes along an error path of its node, when one is for its code: the message as it was, with
   * what went wrong in its headers. When the path itself cannot be entered it is trash after all, with the first reason.
   */
  async alongErrorPath(plan: Plan, node: PlanNode, message: Message, draft: Draft): Promise<Draft> {
    const { move } = draft;
    if (move.to !== 'trash') return draft;
    const path = node.errors.find(({ codes }) => codes === null || codes.has(move.code));
    if (!path) return draft;
    const headers = {
      ...message.headers,
      'error-code': move.code,
      'error-reason': move.reason.slice(0, MAX_REASON),
      'error-node': node.id,
    };
    try {
      const output = { ...sameAs(message), headers };
      const emission = await this.#emitter.enter(plan, path.to, originOf(message), output, `error:${path.to}`);
      return { move: { to: 'done', result: 'error', reason: `${move.code}: ${move.reason}` }, emitted: [emission] };
    } catch (error) {
      this.#context.log.warn('An error path could not be entered; the message is in trash.', { node: node.id, error });
      return draft;
    }
  }

  /** The message was at its node for too long: it leaves along the timer path. */
  async alongTimerPath(plan: Plan, node: PlanNode, message: Message): Promise<Draft> {
    const { to, afterMs } = node.timer!;
    const emission = await this.#emitter.enter(plan, to, originOf(message), sameAs(message), `timer:${to}`);
    return { move: { to: 'done', result: 'timer', reason: `was there for ${afterMs} ms` }, emitted: [emission] };
  }

  /** One output to all followers. */
  forward(plan: Plan, node: PlanNode, message: Message, output: Output): Draft | Promise<Draft> {
    return this.#forward(plan, node, message, [output]);
  }

  /** What could not be decided is trash with the reason (T1), whatever broke. */
  fromError(node: PlanNode, error: unknown): Draft {
    if (error instanceof SluiceError) return trash(error.code, error.message);
    this.#context.log.error('A step broke in the engine.', { node: node.id, error });
    const reason = error instanceof Error ? error.message : String(error);
    return trash('step.failed', new SluiceError('step.failed', { node: node.id, reason }).message);
  }

  #forward(
    plan: Plan,
    node: PlanNode,
    message: Message,
    outputs: readonly Output[],
    chosen?: readonly string[],
  ): Draft | Promise<Draft> {
    const emitted = this.#emitter.emit(plan, node, originOf(message), outputs, chosen);
    return emitted instanceof Promise ? emitted.then(forwarded) : forwarded(emitted);
  }

  async #split(
    plan: Plan,
    node: PlanNode,
    message: Message,
    split: Extract<Called, { kind: 'split' }>,
  ): Promise<Draft> {
    const inherited = split.headers ?? message.headers;
    const outputs: Output[] = [];
    const { items } = split;
    const bodies = items.length < MANY_TEXTS ? null : gathered(items.map(({ body }) => body));
    for (let index = 0; index < items.length; index++) {
      const output = this.#output(message, items[index]!, inherited, bodies?.[index]);
      outputs.push(output instanceof Promise ? await output : output);
    }
    const draft = await this.#forward(plan, node, message, outputs);
    if (split.cursor === undefined) return draft;
    const sameCursor = split.cursor === message.cursor ? message.sameCursor + 1 : 0;
    if (sameCursor >= STUCK_PAGES - 1) {
      const details = { node: node.id, pages: STUCK_PAGES, cursor: split.cursor };
      return trash('step.cursor_stuck', new SluiceError('step.cursor_stuck', details).message);
    }
    const again = await this.#emitter.enter(
      plan,
      node.id,
      originOf(message),
      { ...sameAs(message), headers: inherited, user: split.user ?? message.user },
      'again',
      { cursor: split.cursor, sameCursor },
    );
    return { move: { to: 'done', result: 'forwarded' }, emitted: [...draft.emitted, again] };
  }

  #redeliver(node: PlanNode, message: Message, answer: Extract<Called, { kind: 'redeliver' }>): Draft {
    // What the operator set on the node wins over what the worker asks for.
    const set = node.settings.repeat ?? {};
    const policy: Repeat = {
      ...node.repeat,
      ...(set.attempts === undefined && answer.attempts !== undefined
        ? { attempts: Math.max(1, Math.trunc(answer.attempts)) }
        : {}),
      ...(set.delayMs === undefined && answer.delayMs !== undefined
        ? { delayMs: Math.max(0, answer.delayMs), factor: 1, maxDelayMs: Number.MAX_SAFE_INTEGER }
        : {}),
    };
    const used = message.attempt + 1;
    const delay = redeliveryDelay(policy, used, this.#context.ids.random());
    if (delay === 'give-up') {
      const details = { node: node.id, attempts: used, reason: answer.reason };
      return trash('step.attempts_used_up', new SluiceError('step.attempts_used_up', details).message);
    }
    return this.#later(used, delay, answer.reason, answer.headers);
  }

  #unanswered(node: PlanNode, message: Message, failure: Extract<Called, { kind: 'unanswered' }>): Draft {
    const used = message.attempt + 1;
    const delay = redeliveryDelay(node.repeat, used, this.#context.ids.random());
    if (delay === 'give-up') {
      const details = {
        worker: node.worker!,
        node: node.id,
        attempt: used,
        attempts: node.repeat.attempts,
        reason: failure.reason,
      };
      return trash('worker.unanswered', new SluiceError('worker.unanswered', details).message);
    }
    return this.#later(used, Math.max(delay, failure.retryAfterMs ?? 0), failure.reason);
  }

  #later(attempt: number, delayMs: number, reason: string, headers?: Message['headers']): Draft {
    const dueAt = this.#context.clock.now() + Math.min(delayMs, 366 * 86_400_000);
    return {
      move: { to: 'delayed', dueAt, attempt, code: 'repeat', reason, ...(headers ? { headers } : {}) },
      emitted: [],
    };
  }

  /** @param kept  the body as it is kept */
  #output(
    message: Message,
    item: Item<KeptBody>,
    inherited = message.headers,
    kept: KeptBody = item.body,
  ): Output | Promise<Output> {
    const output = (payload: Payload): Output => ({
      payload,
      headers: item.headers ?? inherited,
      contentType: item.contentType ?? message.contentType,
      user: item.user ?? message.user,
    });
    // An unchanged body is not stored a second time.
    if (isSame(item.body, message.payload)) return output(message.payload);
    const payload = payloadOf(this.#context, message.processId, kept);
    return payload instanceof Promise ? payload.then(output) : output(payload);
  }

  /** An item of a split says its place and how many there are: a collect further on joins by them. */
  async #item(message: Message, value: unknown, index: number, count: number): Promise<Output> {
    const output = await this.#json(message, value);
    return { ...output, headers: { ...output.headers, 'split-index': String(index), 'split-count': String(count) } };
  }

  async #json(message: Message, value: unknown): Promise<Output> {
    const payload = await payloadOf(this.#context, message.processId, JSON.stringify(value));
    return { payload, headers: message.headers, contentType: JSON_TYPE, user: message.user };
  }
}

/** The text of a payload may be kept as bytes; only one that can be the same is looked at. */
const isSame = (body: KeptBody, { body: kept, bytes }: Payload): boolean =>
  body === kept ||
  (kept instanceof TextBytes && typeof body === 'string' && body.length <= bytes && body === kept.toString());

/** Key of messages that wait for an instant the remote side named. */
export function waitKey(untilMs: number, node: PlanNode): string {
  return `until/${Math.ceil(untilMs)}/${node.queue}`;
}

function forwarded(emitted: readonly Emission[]): Draft {
  return { move: { to: 'done', result: emitted.length > 0 ? 'forwarded' : 'ended' }, emitted };
}

export function originOf(message: Message) {
  return { processId: message.processId, parentId: message.id, processStartedAt: message.processStartedAt };
}

export function sameAs({ payload, headers, contentType, user }: Message): Output {
  return { payload, headers, contentType, user };
}

export function trash(code: FaultCode | string, reason: string): Draft {
  return { move: { to: 'trash', code, reason }, emitted: [] };
}
