// Steps that need no worker. Each answers like a worker would: with an outcome, and perhaps an answer for the caller.

import { SluiceError } from '@sluice/protocol';
import type { Message } from '../core/message.ts';
import type { PlanNode } from '../core/plan.ts';
import type { Answer } from '../core/step.ts';
import { bodyOf, inputOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import { isTrue } from './emitter.ts';

/** What a built-in step decides: `pass` keeps the content as it is, without a copy. */
export type Builtin =
  | { readonly kind: 'pass'; readonly answer?: Answer }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'items'; readonly values: readonly unknown[] }
  | { readonly kind: 'stop'; readonly reason: string };

type Run = (context: Context, node: PlanNode, message: Message) => Promise<Builtin>;

const evaluate = async (context: Context, expression: string, message: Message): Promise<unknown> =>
  context.expressions.evaluate(expression, await inputOf(context, message));

const RUN: Partial<Record<PlanNode['kind'], Run>> = {
  async map(context, node, message) {
    const expression = node.settings.expression!;
    const value = await evaluate(context, expression, message);
    if (value === undefined)
      throw new SluiceError('expression.failed', { expression, reason: 'it selects nothing, so there is no new body' });
    return { kind: 'json', value };
  },

  async filter(context, node, message) {
    if (isTrue(await evaluate(context, node.settings.condition!, message))) return { kind: 'pass' };
    return { kind: 'stop', reason: 'the condition of the filter is not true' };
  },

  async split(context, node, message) {
    const expression = node.settings.expression ?? 'body';
    const value = await evaluate(context, expression, message);
    if (value === undefined || value === null) return { kind: 'items', values: [] };
    return { kind: 'items', values: Array.isArray(value) ? value : [value] };
  },

  async respond(context, node, message) {
    const { status = 200, headers = {}, expression } = node.settings;
    if (expression === undefined) {
      const payload = { ...message.payload, body: await bodyOf(context, message.payload), blob: null };
      return { kind: 'pass', answer: { status, headers, contentType: message.contentType, payload } };
    }
    const value = await evaluate(context, expression, message);
    const payload = await payloadOf(context, message.processId, JSON.stringify(value ?? null));
    return { kind: 'pass', answer: { status, headers, contentType: 'application/json', payload } };
  },

  async router() {
    return { kind: 'pass' };
  },

  /** It waited before it became claimable. */
  async delay() {
    return { kind: 'pass' };
  },

  async 'user-task'() {
    return { kind: 'pass' };
  },

  /** The start of a subscriber, inside its own process: what fails here is its own trouble, not the publisher's. */
  async topic() {
    return { kind: 'pass' };
  },
};

/** Run a node that no worker serves. */
export async function runBuiltin(context: Context, node: PlanNode, message: Message): Promise<Builtin> {
  const run = RUN[node.kind];
  if (!run) throw new Error(`A message is at node "${node.id}" of kind "${node.kind}", which consumes none.`);
  return run(context, node, message);
}
