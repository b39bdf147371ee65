// The link: JSON frames over one WebSocket that the worker opened.
//
//   worker → hello {manifest, credit}      platform → welcome {worker, heartbeatMs}
//   platform → work [call…]                worker → done [answer…]
//   worker → record [log or metric…]       worker → drain (no more work, please; open calls still get answers)
//
// Credit is the number of calls the worker is willing to hold at once; the platform never has more open.
// Frames are batches: whatever waits when the socket is free goes in one frame.

import type { Body } from '../message/body.ts';
import { decodeBody, encodeBody } from '../message/body.ts';
import type { Headers } from '../message/headers.ts';
import type { Item, Outcome } from '../outcome/outcome.ts';
import type { StepCall } from './call.ts';
import type { Manifest } from './manifest.ts';

export const LINK_PATH = '/link';
export const LINK_SUBPROTOCOL = 'sluice.v1';

/** A body on the link: text as it is, bytes as `{b64}`. */
export type WireBody = string | { readonly b64: string };

export interface WireCall extends Omit<StepCall, 'body'> {
  /** Number of the call on this connection; the answer repeats it. */
  readonly call: number;
  readonly body: WireBody;
  /** Milliseconds the platform will wait. */
  readonly timeoutMs: number;
}

export interface WireItem {
  readonly body: WireBody;
  readonly headers?: Headers;
  readonly contentType?: string;
  readonly user?: string;
}

/** An outcome with bodies in wire form. */
export type WireOutcome =
  | { readonly kind: 'forward'; readonly item: WireItem; readonly followers?: readonly string[] }
  | {
      readonly kind: 'split';
      readonly items: readonly WireItem[];
      readonly cursor?: string;
      readonly headers?: Headers;
    }
  | Exclude<Outcome, { kind: 'forward' } | { kind: 'split' }>;

/** A line for the log or a measurement, sent beside the answers; loss of one is harmless. */
export interface LinkRecord {
  readonly type: 'log' | 'metric';
  readonly at: number;
  readonly processId?: string;
  readonly messageId?: string;
  readonly topology?: string;
  readonly node?: string;
  readonly action?: string;
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  readonly message?: string;
  readonly forAdmin?: boolean;
  /** Metric of one remote call. */
  readonly url?: string;
  readonly status?: number;
  readonly durationMs?: number;
}

export type WorkerFrame =
  | { readonly t: 'hello'; readonly manifest: Manifest; readonly credit: number }
  | { readonly t: 'done'; readonly answers: readonly { readonly call: number; readonly outcome: WireOutcome }[] }
  | { readonly t: 'record'; readonly records: readonly LinkRecord[] }
  | { readonly t: 'drain' };

export type PlatformFrame =
  | { readonly t: 'welcome'; readonly worker: string; readonly platform: string }
  | { readonly t: 'work'; readonly calls: readonly WireCall[] }
  /** The platform no longer waits for this call; its answer will be ignored. */
  | { readonly t: 'forget'; readonly call: number };

export function toWireBody(body: Body): WireBody {
  if (typeof body === 'string') return body;
  return { b64: encodeBody(body).text };
}

export function fromWireBody(body: WireBody): Body {
  return typeof body === 'string' ? body : decodeBody(body.b64, true);
}

const toWireItem = (item: Item): WireItem =>
  typeof item.body === 'string' ? (item as WireItem) : { ...item, body: toWireBody(item.body) };
const fromWireItem = (item: WireItem): Item =>
  typeof item.body === 'string' ? (item as Item) : { ...item, body: fromWireBody(item.body) };

export function toWireOutcome(outcome: Outcome): WireOutcome {
  if (outcome.kind === 'forward') return { ...outcome, item: toWireItem(outcome.item) };
  if (outcome.kind === 'split') return { ...outcome, items: outcome.items.map(toWireItem) };
  return outcome;
}

export function fromWireOutcome(outcome: WireOutcome): Outcome {
  if (outcome.kind === 'forward') return { ...outcome, item: fromWireItem(outcome.item) };
  if (outcome.kind === 'split') return { ...outcome, items: outcome.items.map(fromWireItem) };
  return outcome;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isWireBody = (value: unknown): boolean => isText(value) || (isObject(value) && isText(value.b64));
const isHeaders = (value: unknown): boolean =>
  value === undefined || (isObject(value) && Object.values(value).every(isText));
const isOptional = (value: unknown, type: 'string' | 'number'): boolean =>
  value === undefined || (typeof value === type && (type !== 'number' || Number.isFinite(value)));
const isItem = (value: unknown): boolean =>
  isObject(value) &&
  isWireBody(value.body) &&
  isHeaders(value.headers) &&
  isOptional(value.contentType, 'string') &&
  isOptional(value.user, 'string');

/**
 * What is wrong with an outcome that came over the link, or null when it is sound.
 * Written by hand because it runs for every message; the property test compares it with random damage.
 */
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
      if (!isOptional(value.cursor, 'string')) return 'the cursor must be text';
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
      return isText(value.reason) && isOptional(value.code, 'string') ? null : 'fail needs a reason';
    default:
      return `unknown kind of outcome ${JSON.stringify(value.kind ?? null)}`;
  }
}
