// Operations for suites of the writing thread: plain, and ready at once.

import { bodyBytes, type KeptBody } from '@sluice/protocol/text';
import type { AcceptOp, MessageCopy, PayloadCopy } from '../operations.ts';

export const QUEUE = 't/1/n';

/** Content that is in no row yet. */
export const content = (body: KeptBody): PayloadCopy => ({ row: null, body, blob: null, bytes: bodyBytes(body) });

export const copy = (id: string, payload: PayloadCopy): MessageCopy => ({
  ...{ id, queue: QUEUE, held: null, parent: null, user: 'default', headers: '{}', contentType: 'text/plain' },
  ...{ payload, cursor: null, sameCursor: 0, orderingKey: null, dueAt: null, arrivedAt: 1, processStartedAt: 1 },
});

/** A start whose one message carries its content on. */
export const start = (processId: string, payload: PayloadCopy): AcceptOp => ({
  ...{
    op: 'accept',
    processId,
    topology: 't',
    version: 1,
    startNode: 'in',
    startQueue: 't/1/in',
    user: 'default',
    at: 1,
  },
  ...{ idempotencyKey: null, bodyDigest: null, replayOf: null, payload, headers: '{}', contentType: 'text/plain' },
  ...{ emitted: [copy(`${processId}.1`, payload)], extras: null },
});
