// One call of a step: what the platform hands to a worker, whatever the transport.

import type { Body } from '../message/body.ts';
import type { Headers } from '../message/headers.ts';
import type { StepKind } from './manifest.ts';

/** Which node calls which action: the same for every message of a node, so it is made once. */
export interface CallTarget {
  readonly topology: string;
  readonly version: number;
  readonly node: string;
  readonly kind: StepKind;
  readonly action: string;
  readonly followers: readonly { readonly id: string; readonly name: string }[];
}

export interface StepCall {
  readonly target: CallTarget;
  /** Stable over attempts and replicas: the same message at the same node always calls with the same key. */
  readonly idempotencyKey: string;
  readonly processId: string;
  readonly processStartedAt: number;
  readonly messageId: string;
  readonly parentId: string | null;
  /** From 1. */
  readonly attempt: number;
  readonly user: string;
  readonly headers: Headers;
  readonly contentType: string;
  readonly body: Body;
  /** Where a batch goes on; null on its first page. */
  readonly cursor: string | null;
}

/** A step that a worker may do at once with what the step before it forwarded, without being called again. */
export interface ChainLink {
  readonly target: CallTarget;
  /** Id of the message that the step before it emits. */
  readonly messageId: string;
  readonly timeoutMs: number;
}
