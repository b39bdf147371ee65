// The call of one step, as the platform would make it.

import type { StepCall } from '@sluice/protocol';
import type { AnyStep } from '@sluice/sdk';
import { encodeBodyOf } from '../flow/body.ts';

export interface CallOptions {
  readonly user?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Default 1. */
  readonly attempt?: number;
  /** Of a batch: where it goes on. */
  readonly cursor?: string | null;
  /** Ids of the followers, for steps that choose. */
  readonly followers?: readonly string[];
}

/** @param now  epoch ms at which its process started */
export function callOf(step: AnyStep, input: unknown, options: CallOptions, now: number): StepCall {
  const { body, contentType } = encodeBodyOf(input);
  return {
    target: {
      topology: 'test',
      version: 1,
      node: step.name,
      kind: step.kind,
      action: step.name,
      followers: (options.followers ?? []).map((id) => ({ id, name: id })),
    },
    idempotencyKey: 'test-1',
    processId: 'test',
    processStartedAt: now,
    messageId: 'test-1',
    parentId: null,
    attempt: options.attempt ?? 1,
    user: options.user ?? 'default',
    headers: options.headers ?? {},
    contentType: options.contentType ?? contentType,
    body,
    cursor: options.cursor ?? null,
  };
}
