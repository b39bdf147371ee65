// Calls and answers in batches: the form both our transports carry, the link in its frames, http in one request.
//
// What is the same for all messages of a node travels once per batch. Members with their usual value are left out.

import { decodeBody, encodeBody, isKept, type KeptBody, plainBody } from '../message/body.ts';
import type { Headers } from '../message/headers.ts';
import type { Item, Outcome } from '../outcome/outcome.ts';
import type { CallTarget, ChainLink, StepCall } from './call.ts';
import { STEP_KINDS, type StepKind } from './manifest.ts';
import { Packer } from './packing.ts';

/**
 * Where an http worker takes batches: GET answers its manifest, which says that it does; POST takes a batch and answers
 * lines of JSON (application/x-ndjson), each with the answers that were ready together, or frames (frames.ts).
 */
export const CALLS_PATH = '/calls';

/**
 * A batch that holds this many characters of bodies takes no more. V8 makes a text of over 128 KiB an object with pages
 * of its own, which costs a hundred times as much as it takes to copy it.
 */
export const FULL_BATCH_CHARS = 64 * 1024;

/** A body in a batch: text as it is; bytes as `{b64}`, or as they are where bodies are apart from the JSON (packing.ts). */
export type WireBody = KeptBody | { readonly b64: string };

export interface WireTarget extends CallTarget {
  /** Milliseconds the platform will wait. */
  readonly timeoutMs: number;
}

/** A call; its message id is its idempotency key. */
export interface WireCall {
  /** Number of the call on this connection; the answer repeats it. */
  readonly call: number;
  /** Index in the `targets` of the batch. */
  readonly target: number;
  readonly messageId: string;
  readonly processId: string;
  readonly processStartedAt: number;
  readonly parentId: string | null;
  readonly user: string;
  readonly contentType: string;
  readonly body: WireBody;
  /** Left out: 1. */
  readonly attempt?: number;
  /** Left out: none. */
  readonly headers?: Headers;
  /** Left out: the first page. */
  readonly cursor?: string;
  /** Steps that may follow at once; left out: none. */
  readonly chain?: readonly WireLink[];
}

/** One more step for what the step before it forwarded: the item is its message, all else is as it was. */
export interface WireLink {
  /** Index in the `targets` of the batch. */
  readonly target: number;
  readonly messageId: string;
}

export interface Work {
  readonly targets: readonly WireTarget[];
  readonly calls: readonly WireCall[];
}

export interface WorkFrame extends Work {
  readonly t: 'work';
}

export interface WireItem extends Omit<Item, 'body'> {
  readonly body: WireBody;
}

/** An outcome with bodies in wire form. */
export type WireOutcome =
  | { readonly kind: 'forward'; readonly item: WireItem; readonly followers?: readonly string[] }
  | {
      readonly kind: 'split';
      readonly items: readonly WireItem[];
      readonly cursor?: string;
      readonly headers?: Headers;
      readonly user?: string;
    }
  | Exclude<Outcome, { kind: 'forward' } | { kind: 'split' }>;

/**
 * A call with a chain is answered once for each step that was done. A worker need not go on: when it does not, or when a step
 * did anything but forward one item to all followers, the answer is the last one.
 */
export interface Answer {
  readonly call: number;
  readonly outcome: WireOutcome;
  /** Milliseconds the step took. Only where the worker goes on with the next step of the chain. */
  readonly wentOnAfterMs?: number;
}

export interface Answers {
  readonly answers: readonly Answer[];
}

/** Gathers calls for one batch. */
export class WorkBuilder {
  readonly #indexes = new Map<CallTarget, number>();
  readonly #targets: WireTarget[] = [];
  readonly #calls: WireCall[] = [];
  readonly #packer: Packer | null;
  #chars = 0;

  /** @param packed  the batch becomes a packed frame */
  constructor(packed = false) {
    this.#packer = packed ? new Packer() : null;
  }

  get size(): number {
    return this.#calls.length;
  }

  get isFull(): boolean {
    return this.#chars >= FULL_BATCH_CHARS;
  }

  /** Numbers of the calls gathered so far. */
  numbers(): number[] {
    return this.#calls.map((call) => call.call);
  }

  add(number: number, call: StepCall, timeoutMs: number, chain?: readonly ChainLink[]): void {
    this.#chars += call.body.length;
    this.#calls.push({
      call: number,
      target: this.#target(call.target, timeoutMs),
      messageId: call.messageId,
      processId: call.processId,
      processStartedAt: call.processStartedAt,
      parentId: call.parentId,
      user: call.user,
      contentType: call.contentType,
      body: this.#packer ? this.#packer.add(call.body) : toWireBody(call.body),
      // Undefined members do not travel.
      attempt: call.attempt === 1 ? undefined : call.attempt,
      headers: isEmpty(call.headers) ? undefined : call.headers,
      cursor: call.cursor ?? undefined,
      chain: chain?.map((link) => ({ target: this.#target(link.target, link.timeoutMs), messageId: link.messageId })),
    } as WireCall);
  }

  build(): Work {
    return { targets: this.#targets, calls: this.#calls };
  }

  /** The batch as a frame, of the link or over http. */
  frame(): WorkFrame | Uint8Array {
    const frame = { t: 'work', ...this.build() } as const;
    return this.#packer?.frame(frame) ?? frame;
  }

  #target(target: CallTarget, timeoutMs: number): number {
    let index = this.#indexes.get(target);
    if (index === undefined) {
      index = this.#targets.length;
      this.#indexes.set(target, index);
      this.#targets.push({ ...target, timeoutMs });
    }
    return index;
  }
}

/** A call of a batch as a step's worker sees it. */
export function fromWireCall(target: CallTarget, call: WireCall): StepCall {
  return {
    target,
    idempotencyKey: call.messageId,
    processId: call.processId,
    processStartedAt: call.processStartedAt,
    messageId: call.messageId,
    parentId: call.parentId,
    attempt: call.attempt ?? 1,
    user: call.user,
    headers: call.headers ?? NO_HEADERS,
    contentType: call.contentType,
    body: plainBody(fromWireBody(call.body)),
    cursor: call.cursor ?? null,
  };
}

/** The call of a link, for what the step before it forwarded; as the platform makes it of the same item. */
export function nextCall(before: StepCall, target: CallTarget, messageId: string, item: Item<KeptBody>): StepCall {
  return {
    target,
    idempotencyKey: messageId,
    processId: before.processId,
    processStartedAt: before.processStartedAt,
    messageId,
    parentId: before.messageId,
    attempt: 1,
    user: item.user ?? before.user,
    headers: item.headers ?? before.headers,
    contentType: item.contentType ?? before.contentType,
    body: plainBody(item.body),
    cursor: null,
  };
}

/** Answers for a wire of JSON. */
export const toWireAnswers = (answers: readonly Answer[]): readonly Answer[] =>
  answers.map((answer) => {
    const outcome = toWireOutcome(answer.outcome);
    return outcome === answer.outcome ? answer : { ...answer, outcome };
  });

export function toWireOutcome(outcome: WireOutcome): WireOutcome {
  if (outcome.kind === 'forward')
    return typeof outcome.item.body === 'string' ? outcome : { ...outcome, item: toWireItem(outcome.item) };
  if (outcome.kind === 'split') return { ...outcome, items: outcome.items.map(toWireItem) };
  return outcome;
}

export function fromWireOutcome(outcome: WireOutcome): Outcome<KeptBody> {
  if (outcome.kind === 'forward')
    return typeof outcome.item.body === 'string'
      ? (outcome as Outcome)
      : { ...outcome, item: fromWireItem(outcome.item) };
  if (outcome.kind === 'split') return { ...outcome, items: outcome.items.map(fromWireItem) };
  return outcome;
}

const NO_HEADERS: Headers = {};

function isEmpty(headers: Headers): boolean {
  for (const _ in headers) return false;
  return true;
}

const toWireBody = (body: WireBody): WireBody => {
  if (body instanceof Uint8Array) return { b64: encodeBody(body).text };
  return isKept(body) ? plainBody(body) : body;
};
const fromWireBody = (body: WireBody): KeptBody => (isKept(body) ? body : decodeBody(body.b64, true));
const toWireItem = (item: WireItem): WireItem =>
  typeof item.body === 'string' ? item : { ...item, body: toWireBody(item.body) };
const fromWireItem = (item: WireItem): Item<KeptBody> =>
  isKept(item.body) ? (item as Item<KeptBody>) : { ...item, body: fromWireBody(item.body) };

// What comes from the other side is checked by hand, because it runs for every message; the property test compares the
// checks with random damage.

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isWireBody = (value: unknown): boolean => isKept(value) || (isObject(value) && isText(value.b64));
const isOptional = (value: unknown, type: 'string' | 'number'): boolean =>
  value === undefined || (type === 'string' ? isText(value) : isNumber(value));
const isHeaders = (value: unknown): boolean => {
  if (value === undefined) return true;
  if (!isObject(value)) return false;
  for (const name in value) if (!isText(value[name])) return false;
  return true;
};
const isItem = (value: unknown): boolean =>
  isObject(value) &&
  isWireBody(value.body) &&
  isHeaders(value.headers) &&
  isOptional(value.contentType, 'string') &&
  isOptional(value.user, 'string');

const isChain = (value: unknown, targets: readonly unknown[]): boolean =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every(
      (link) =>
        isObject(link) &&
        isText(link.messageId) &&
        Number.isInteger(link.target) &&
        targets[link.target as number] !== undefined,
    ));

/** What is wrong with a batch of calls, or null when it is sound. */
export function workFault(value: unknown): string | null {
  if (!isObject(value) || !Array.isArray(value.targets) || !Array.isArray(value.calls))
    return 'a batch of calls needs the lists "targets" and "calls"';
  const { targets, calls } = value;
  for (const target of targets)
    if (
      !isObject(target) ||
      !isText(target.topology) ||
      !isNumber(target.version) ||
      !isText(target.node) ||
      !STEP_KINDS.includes(target.kind as StepKind) ||
      !isText(target.action) ||
      !isNumber(target.timeoutMs) ||
      !Array.isArray(target.followers) ||
      !target.followers.every((follower) => isObject(follower) && isText(follower.id) && isText(follower.name))
    )
      return 'a target needs topology, version, node, kind, action, timeoutMs and followers';
  for (const call of calls) {
    if (!isObject(call) || !isNumber(call.call)) return 'a call needs a number';
    if (!Number.isInteger(call.target) || targets[call.target as number] === undefined)
      return `call ${call.call} names no target of its batch`;
    if (
      !isText(call.messageId) ||
      !isText(call.processId) ||
      !isNumber(call.processStartedAt) ||
      !(call.parentId === null || isText(call.parentId)) ||
      !isText(call.user) ||
      !isText(call.contentType) ||
      !isWireBody(call.body) ||
      !isOptional(call.attempt, 'number') ||
      !isOptional(call.cursor, 'string') ||
      !isHeaders(call.headers) ||
      !isChain(call.chain, targets)
    )
      return `call ${call.call} lacks a member or has one of another type`;
  }
  return null;
}

/** What is wrong with an outcome, or null when it is sound. */
export function outcomeFault(value: unknown): string | null {
  if (!isObject(value)) return 'the outcome is not an object';
  switch (value.kind) {
    case 'forward':
      if (!isItem(value.item)) return 'forward needs an item with a text or {b64} body and text headers';
      if (value.followers !== undefined && !(Array.isArray(value.followers) && value.followers.every(isText)))
        return 'followers must be a list of node ids';
      return null;
    case 'split':
      if (!Array.isArray(value.items)) return 'split needs a list of items';
      if (!value.items.every(isItem)) return 'an item of the split has no text or {b64} body';
      if (!isOptional(value.cursor, 'string') || !isOptional(value.user, 'string'))
        return 'cursor and user must be text';
      return isHeaders(value.headers) ? null : 'headers must be text';
    case 'redeliver':
      if (!isText(value.reason)) return 'redeliver needs a reason';
      if (!isOptional(value.delayMs, 'number') || !isOptional(value.attempts, 'number'))
        return 'delayMs and attempts must be numbers';
      return isHeaders(value.headers) ? null : 'headers must be text';
    case 'limit':
      if (!isText(value.reason)) return 'limit needs a reason';
      return isOptional(value.untilMs, 'number') ? null : 'untilMs must be a number';
    case 'hold':
    case 'stop':
      return isText(value.reason) ? null : `${value.kind} needs a reason`;
    case 'fail':
      if (value.problems !== undefined && !(Array.isArray(value.problems) && value.problems.every(isText)))
        return 'problems must be a list of texts';
      return isText(value.reason) && isOptional(value.code, 'string') ? null : 'fail needs a reason';
    default:
      return `unknown kind of outcome ${JSON.stringify(value.kind ?? null)}`;
  }
}
