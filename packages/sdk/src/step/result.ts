// From what a step returned to an outcome.

import type { Body, Headers, Item, Outcome, StepCall } from '@sluice/protocol';
import { Fail } from './errors.ts';
import { Message } from './message.ts';
import type { BatchResult } from './step.ts';

const JSON_TYPE = 'application/json';

export interface ItemOptions {
  readonly headers?: Headers;
  readonly user?: string;
  readonly contentType?: string;
}

/** An item of a batch with headers, owner or content type of its own. */
export class BatchItem {
  readonly value: unknown;
  readonly options: ItemOptions;
  constructor(value: unknown, options: ItemOptions) {
    this.value = value;
    this.options = options;
  }
}

export function item(value: unknown, options: ItemOptions = {}): BatchItem {
  return new BatchItem(value, options);
}

export class Routed {
  readonly result: unknown;
  readonly followers: readonly string[];
  constructor(result: unknown, followers: readonly string[]) {
    this.result = result;
    this.followers = followers;
  }
}

/** Send a result to chosen followers, by id or name, without asking the conditions on the connections. */
export function route(result: unknown, ...followers: string[]): Routed {
  return new Routed(result, followers);
}

export function forwardOf(call: StepCall, returned: unknown): Outcome {
  if (returned instanceof Routed) {
    const item = itemOf(returned.result, call);
    return { kind: 'forward', item, followers: returned.followers.map((name) => followerId(call, name)) };
  }
  return { kind: 'forward', item: itemOf(returned, call) };
}

export function splitOf(returned: BatchResult): Outcome {
  if (typeof returned !== 'object' || returned === null || !Array.isArray(returned.items))
    throw new Fail('A batch must return { items: […] }.');
  const items = returned.items.map((entry: unknown): Item => {
    const { value, options } = entry instanceof BatchItem ? entry : { value: entry, options: {} };
    return { contentType: JSON_TYPE, ...content(value), ...options };
  });
  return returned.cursor === undefined ? { kind: 'split', items } : { kind: 'split', items, cursor: returned.cursor };
}

function itemOf(returned: unknown, call: StepCall): Item {
  if (returned === undefined) return { body: call.body };
  if (returned instanceof Message) {
    const { body, headers, contentType, user } = returned;
    return { body, headers, contentType, user };
  }
  return content(returned);
}

function content(value: unknown): { body: Body; contentType?: string } {
  if (typeof value === 'string' || value instanceof Uint8Array) return { body: value };
  const body = JSON.stringify(value);
  if (body === undefined) throw new Fail(`A step returned ${typeof value}, which is no JSON value.`);
  return { body, contentType: JSON_TYPE };
}

function followerId({ target: { followers, node } }: StepCall, name: string): string {
  const follower = followers.find((other) => other.id === name || other.name === name);
  if (follower) return follower.id;
  const known = followers.map((other) => `"${other.name}"`).join(', ') || 'none';
  throw new Fail(
    `Node "${node}" was asked to route to "${name}", which it is not connected to. Its followers: ${known}.`,
  );
}
