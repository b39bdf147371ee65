import type { StepCall } from '@sluice/protocol';

/** A call of a step as the platform makes it. */
export function callOf(kind: StepCall['target']['kind'], action: string, body: unknown): StepCall {
  return {
    target: { topology: 't', version: 1, node: 'n', kind, action, followers: [] },
    idempotencyKey: 'key-1',
    processId: 'p',
    processStartedAt: 0,
    messageId: 'm',
    parentId: null,
    attempt: 1,
    user: '',
    headers: {},
    contentType: 'application/json',
    body: JSON.stringify(body),
    cursor: null,
  } as StepCall;
}
