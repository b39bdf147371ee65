// Plain starts and steps, which nearly all are: nothing of them waits for a time, a turn or a person, and one message at
// most comes out. What remains to be said of one is a dozen values, a quarter of what can be said of any.

import { processOf } from '../../../core/message.ts';
import { type AcceptOp, type CommitOp, MAX_SHARED, type MessageCopy, onlyOf, type PayloadCopy } from '../operations.ts';
import { STATE } from '../schema.ts';
import type { Cursor, Encoder, StartShape, StepShape } from './group.ts';

export const PLAIN_START = 9;
export const PLAIN_STEP = 10;

/** @returns false when it is not plain: nothing was encoded */
export function encodePlainStart(e: Encoder, op: AcceptOp): boolean {
  const { emitted, payload } = op;
  if (emitted.length !== 1 || !Array.isArray(emitted)) return false;
  const message = emitted[0] as MessageCopy;
  if (!isPlainStart(op) || message.payload !== payload || !isPlain(message, op.at)) return false;
  const { user, headers, contentType } = op;
  if (message.user !== user || message.headers !== headers || message.contentType !== contentType) return false;
  if (message.processStartedAt !== op.at) return false;
  e.list.push(PLAIN_START, placeOfStart(e, op, message.queue), op.processId, e.time(op.at), message.id, message.parent);
  encodeContent(e, payload);
  return true;
}

export function decodePlainStart(c: Cursor): AcceptOp {
  const [topology, version, startNode, startQueue, user, headers, contentType, queue] = c.shape<StartShape>();
  const processId = c.next<string>();
  const at = c.time();
  const id = c.next<string>();
  const parent = c.next<string | null>();
  const payload = decodeContent(c);
  return {
    op: 'accept',
    processId,
    topology,
    version,
    startNode,
    startQueue,
    user,
    at,
    idempotencyKey: null,
    bodyDigest: null,
    replayOf: null,
    headers,
    contentType,
    payload,
    emitted: [plain(id, queue, parent, user, headers, contentType, at, at, payload)],
    extras: null,
  };
}

/**
 * @param seen    content that the operation carried already
 * @param before  the step before it in a chain
 * @returns false when it is not plain: nothing was encoded
 */
export function encodePlainStep(e: Encoder, op: CommitOp, seen: PayloadCopy[], before: CommitOp | null): boolean {
  const { emitted } = op;
  if (emitted.length > 1 || !Array.isArray(emitted) || !isPlainStep(op)) return false;
  const message = emitted[0] as MessageCopy | undefined;
  if (message) {
    if (message.parent !== op.id || !isPlain(message, op.at) || !Number.isSafeInteger(message.processStartedAt))
      return false;
    if (seen.includes(message.payload)) return false;
  }
  const id = op.id === onlyOf(before) ? null : op.id;
  e.list.push(PLAIN_STEP, placeOfStep(e, op, message), id, e.time(op.at), op.durationMs);
  if (!message) return true;
  const { payload } = message;
  if (seen.length < MAX_SHARED) seen.push(payload);
  e.list.push(message.id, e.time(message.processStartedAt));
  encodeContent(e, payload);
  return true;
}

export function decodePlainStep(c: Cursor, seen: PayloadCopy[], before: CommitOp | null): CommitOp {
  const shape = c.shape<StepShape>();
  const id = c.next<string | null>() ?? onlyOf(before)!;
  const at = c.time();
  const durationMs = c.next<number>();
  const emitted = shape[2] === null ? [] : [decodeEmitted(c, shape, id, at, seen)];
  return {
    op: 'commit',
    id,
    queue: shape[0],
    processId: processIdOf(id, before),
    orderingKey: null,
    from: STATE.ready,
    attempt: 0,
    at,
    durationMs,
    delta: { total: emitted.length, done: 1, failed: 0, open: emitted.length - 1 },
    move: { to: 'done', result: shape[1], reason: null },
    answer: null,
    extras: null,
    emitted,
  };
}

function decodeEmitted(c: Cursor, shape: StepShape, parent: string, at: number, seen: PayloadCopy[]): MessageCopy {
  const [, , to, user, headers, contentType] = shape as readonly string[];
  const id = c.next<string>();
  const startedAt = c.time();
  const payload = decodeContent(c);
  if (seen.length < MAX_SHARED) seen.push(payload);
  return plain(id, to!, parent, user!, headers!, contentType!, at, startedAt, payload);
}

function encodeContent(e: Encoder, { body, bytes }: PayloadCopy): void {
  e.body(body);
  e.list.push(bytes);
}

const decodeContent = (c: Cursor): PayloadCopy => ({
  row: null,
  body: c.body(),
  blob: null,
  bytes: c.next(),
  newRow: undefined,
});

/** Is this `processOf` the message? Told without making a text of it. */
export const isOf = (id: string, processId: string): boolean =>
  id.indexOf('.') === processId.length && id.startsWith(processId);

/** Process of a message that is consumed by a step behind another one. */
export const processIdOf = (id: string, before: CommitOp | null): string =>
  before && isOf(id, before.processId) ? before.processId : processOf(id);

const isPlainStart = ({ at, idempotencyKey, bodyDigest, replayOf, extras }: AcceptOp): boolean =>
  idempotencyKey === null && bodyDigest === null && replayOf === null && extras === null && Number.isSafeInteger(at);

const isPlainStep = ({
  id,
  processId,
  orderingKey,
  from,
  attempt,
  at,
  delta,
  move,
  answer,
  extras,
  emitted,
}: CommitOp) =>
  move.to === 'done' &&
  move.reason === null &&
  orderingKey === null &&
  from === STATE.ready &&
  attempt === 0 &&
  answer === null &&
  extras === null &&
  delta.total === emitted.length &&
  delta.done === 1 &&
  delta.failed === 0 &&
  delta.open === emitted.length - 1 &&
  Number.isSafeInteger(at) &&
  isOf(id, processId);

/** It can run at once, and its content is in no row yet. */
const isPlain = (
  { held, cursor, sameCursor, orderingKey, dueAt, arrivedAt, payload }: MessageCopy,
  at: number,
): boolean =>
  held === null &&
  cursor === null &&
  sameCursor === 0 &&
  orderingKey === null &&
  dueAt === null &&
  arrivedAt === at &&
  payload.row === null &&
  payload.blob === null;

function plain(
  id: string,
  queue: string,
  parent: string | null,
  user: string,
  headers: string,
  contentType: string,
  arrivedAt: number,
  processStartedAt: number,
  payload: PayloadCopy,
): MessageCopy {
  return {
    id,
    queue,
    held: null,
    parent,
    user,
    headers,
    contentType,
    cursor: null,
    sameCursor: 0,
    orderingKey: null,
    dueAt: null,
    arrivedAt,
    processStartedAt,
    payload,
  };
}

function placeOfStart(e: Encoder, op: AcceptOp, queue: string): number {
  const { topology, version, startNode, startQueue, user, headers, contentType } = op;
  const known = e.starts.get(startQueue);
  if (known) {
    const of = known.shape;
    if (
      of[0] === topology &&
      of[1] === version &&
      of[2] === startNode &&
      of[4] === user &&
      of[5] === headers &&
      of[6] === contentType &&
      of[7] === queue
    )
      return known.place;
  }
  return e.shape(e.starts, startQueue, [topology, version, startNode, startQueue, user, headers, contentType, queue]);
}

function placeOfStep(e: Encoder, { queue, move }: CommitOp, message: MessageCopy | undefined): number {
  const { result } = move as { readonly result: string };
  const { queue: to = null, user = null, headers = null, contentType = null } = message ?? {};
  const known = e.steps.get(queue);
  if (known) {
    const of = known.shape;
    if (of[1] === result && of[2] === to && of[3] === user && of[4] === headers && of[5] === contentType)
      return known.place;
  }
  return e.shape(e.steps, queue, [queue, result, to, user, headers, contentType]);
}
