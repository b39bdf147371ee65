// What a step's answer means: the one table from which engine, SDK, tests and docs/reference/outcomes.md are made.
//
// An outcome is data. Numbers exist only at the wire, in WIRE_CODES, and are those of the existing protocol.

import type { Body, KeptBody } from '../message/body.ts';
import type { Headers } from '../message/headers.ts';

/**
 * One message that a step emits. Headers not given are inherited from the consumed message.
 * @template B  what its body is to whoever has it
 */
export interface Item<B = Body> {
  readonly body: B;
  readonly headers?: Headers;
  readonly contentType?: string;
  /** Owner of the item; inherited when not given. */
  readonly user?: string;
}

/** Fate of the consumed message, as decided by the step. */
export type Outcome<B = Body> =
  /** One message to all followers, or to the named ones. */
  | { readonly kind: 'forward'; readonly item: Item<B>; readonly followers?: readonly string[] }
  /** Many messages, each to all followers; with a cursor the step runs again, with these headers and for this user. */
  | {
      readonly kind: 'split';
      readonly items: readonly Item<B>[];
      readonly cursor?: string;
      readonly headers?: Headers;
      readonly user?: string;
    }
  /** Run this step again later with the same input. Fields not given come from the node's `repeat` settings. */
  | {
      readonly kind: 'redeliver';
      readonly reason: string;
      readonly delayMs?: number;
      readonly attempts?: number;
      readonly headers?: Headers;
    }
  /** The remote side is full; run again not before `untilMs` (epoch ms). Does not use up an attempt. */
  | {
      readonly kind: 'limit';
      readonly reason: string;
      readonly untilMs?: number;
      /** It is the platform's own limit that is used up, so nothing is to be learnt of the remote side. */
      readonly own?: boolean;
    }
  /** Wait for a person. */
  | { readonly kind: 'hold'; readonly reason: string }
  /** This branch is done, and that is fine. */
  | { readonly kind: 'stop'; readonly reason: string }
  /** This message cannot go on: trash, with the reason. */
  | {
      readonly kind: 'fail';
      readonly reason: string;
      readonly code?: string;
      /** All that is wrong, where there is more than one thing. */
      readonly problems?: readonly string[];
    };

/** What came of calling a worker when no outcome came back. */
export type CallFailure =
  /** Nothing was sent: the message stays queued, no attempt is used up, the worker's circuit opens. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** Sent, but no whole answer came in time: redelivered under the node's `repeat` settings. */
  | { readonly kind: 'unanswered'; readonly reason: string; readonly retryAfterMs?: number }
  /** An answer came that means nothing: trash, with an excerpt. */
  | {
      readonly kind: 'malformed';
      readonly reason: string;
      readonly code: 'worker.answer_malformed' | 'worker.refused';
    };

export type CallResult<B = Body> = Outcome<B> | CallFailure;

/** A result as whoever called has it: nobody looked into its bodies yet. */
export type Called = CallResult<KeptBody>;

/** Result codes of the existing wire. */
export const WIRE_CODES = {
  success: 0,
  repeat: 1001,
  forwardToTarget: 1002,
  doNotContinue: 1003,
  limitExceeded: 1004,
  stopAndFail: 1006,
  /** Not part of the existing wire: wait for a person. Existing workers never send it. */
  hold: 1007,
  batchCursorWithFollowers: 1010,
  batchCursorOnly: 1011,
} as const;

/** One row of the reference page, and one test each. */
export interface OutcomeRow {
  readonly answer: string;
  readonly wire: string;
  readonly meaning: string;
  readonly message: 'finished' | 'delayed' | 'limited' | 'held' | 'trash' | 'queued';
}

export const OUTCOME_TABLE: readonly OutcomeRow[] = [
  { answer: 'forward', wire: '200 + 0', meaning: 'to all followers', message: 'finished' },
  {
    answer: 'forward to chosen',
    wire: '200 + 1002',
    meaning: 'to the followers in force-target-queue; an unknown one, or none, is trash',
    message: 'finished',
  },
  {
    answer: 'split',
    wire: '200 + 0 on a batch',
    meaning: 'each item to all followers; an empty list ends the branch',
    message: 'finished',
  },
  {
    answer: 'split, again with output',
    wire: '200 + 1010',
    meaning: 'items to followers, and the step again with the new cursor',
    message: 'finished',
  },
  {
    answer: 'split, again without output',
    wire: '200 + 1011',
    meaning: 'items dropped, the step again with the new cursor',
    message: 'finished',
  },
  {
    answer: 'redeliver',
    wire: '200 + 1001',
    meaning: 'the same step again after a delay; when attempts are used up, trash',
    message: 'delayed',
  },
  {
    answer: 'limit reached',
    wire: '200 + 1004',
    meaning: 'the same step again when the limit allows; uses no attempt',
    message: 'limited',
  },
  { answer: 'hold', wire: '200 + 1007', meaning: 'waits for a person', message: 'held' },
  { answer: 'stop quietly', wire: '200 + 1003', meaning: 'the branch ends, counted as done', message: 'finished' },
  { answer: 'fail', wire: '200 + 1006', meaning: 'trash with the reason', message: 'trash' },
  {
    answer: 'unknown or other code',
    wire: '200 + any other number',
    meaning: 'forward, as the existing platform does',
    message: 'finished',
  },
  {
    answer: 'thrown error',
    wire: '300 to 499 except 408, 425, 429',
    meaning: 'trash with the reason',
    message: 'trash',
  },
  {
    answer: 'overloaded or failing worker',
    wire: '408, 425, 429, 500 and above',
    meaning: 'the same step again; Retry-After is honoured',
    message: 'delayed',
  },
  {
    answer: 'no answer',
    wire: 'timeout, or connection lost after sending',
    meaning: 'the same step again after a delay',
    message: 'delayed',
  },
  {
    answer: 'unreachable worker',
    wire: 'connection refused, or no link',
    meaning: 'stays queued, uses no attempt; the circuit of the worker opens',
    message: 'queued',
  },
  {
    answer: 'malformed answer',
    wire: '2xx that is no envelope, no result-code, or a batch body that is no list',
    meaning: 'trash with an excerpt',
    message: 'trash',
  },
  {
    answer: 'wrong content type',
    wire: '2xx with a body that is not JSON',
    meaning: 'trash with an excerpt',
    message: 'trash',
  },
];
