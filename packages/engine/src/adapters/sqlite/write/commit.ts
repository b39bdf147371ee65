// A step: its message moves on, what it emitted enters, its process is counted.

import { JOINED, type ProcessStatus } from '../../../core/step.ts';
import { type CommitExtras, type CommitOp, type MessageRow, type OpResult, PASSED_RESULT } from '../operations.ts';
import { ANYWHERE, STATE } from '../schema.ts';
import { accept } from './accept.ts';
import { applied, enterAll } from './insert.ts';
import { wakeCaller, wakeIfEnded } from './lineage.ts';
import { join, type Parked, park, parkedParts } from './parts.ts';
import type { Tables } from './tables.ts';
import { setTimers } from './timers.ts';

/** The fence: an update counts only when the message is still where the step took it from. */
const FENCE = 'WHERE id = ? AND state = ? AND attempt = ?';
/** The statement of the hot path is a constant: a text that is put together each time is hashed each time. */
const FINISH = `UPDATE message SET state = 6, changed_at = ?, duration_ms = ?, emitted = ?, result = ?, reason = ? ${FENCE}`;

const NONE: readonly Parked[] = [];

/** Up to the first that is not applied: those after it would find nothing either. */
export function commitChain(t: Tables, given: readonly CommitOp[]): OpResult {
  if (given.length > 1 && t.unwritten.takesChain(given)) return consumeChain(t, given);
  const steps: OpResult[] = [];
  for (const op of given) {
    const result = commit(t, op);
    steps.push(result);
    if (result.kind !== 'ok') break;
  }
  return { kind: 'ok', steps };
}

export function commit(t: Tables, given: CommitOp): OpResult {
  if (t.unwritten.takesStep(given)) return consume(t, [given], given.delta);
  // What looks into tables must find everything there.
  if (given.extras || given.move.to === 'called' || t.unwritten.has(given.id)) t.unwritten.flush();
  if (given.from !== ANYWHERE) return apply(t, given);
  const found = located(t, given);
  if (!found) return { kind: 'lost' };
  const result = apply(t, found.op);
  return found.limitKey === null || result.kind !== 'ok' ? result : { ...result, limitKey: found.limitKey };
}

function apply(t: Tables, op: CommitOp): OpResult {
  const queue = t.queue(op.queue);
  const cancelled = op.from === STATE.ready && t.isCancelling(op.processId);
  const move: CommitOp['move'] = cancelled
    ? { to: 'done', result: 'cancelled', reason: 'the process was cancelled' }
    : op.move;
  const emitted = cancelled ? [] : op.emitted;
  const delta = cancelled ? { total: 0, done: 1, failed: 0, open: -1 } : op.delta;
  const joins = cancelled ? null : (op.extras?.joins ?? null);
  const parked = joins ? parkedParts(t, joins) : NONE;
  if (!parked) return { kind: 'stale' };

  if (!moveMessage(t, op, move, emitted.length)) return { kind: 'lost' };

  const flow = t.flow(queue);
  if (move.to === 'done') flow.finished++;
  if (move.to === 'queue' && move.queue !== op.queue) {
    flow.finished++;
    t.flow(t.queue(move.queue)).emitted++;
  }
  const places = enterAll(t, emitted, op.at);
  const ready = promoteAfter(t, op, move, queue);
  if (move.to === 'queue') ready.push(...t.readyRow(op.id));
  if (move.to === 'called') ready.push(...wakeIfEnded(t, move.processId));
  if (op.answer) answer(t, op);
  if (op.extras) ready.push(...withExtras(t, op, move, op.extras, cancelled));
  const also = joins
    ? join(t, op.id, joins, parked, op.at, (id) => changeProcess(t, id, JOINED, op.at, ready))
    : undefined;
  const ended = changeProcess(t, op.processId, delta, op.at, ready);
  if (move.to === 'trash' || move.to === 'held')
    t.messageEvent(op.at, move.to === 'trash' ? 'message.trashed' : 'message.held', op.queue, op.processId, op.id);
  const result = applied(ended, places, ready, move.to === 'delayed' || move.to === 'called' ? move.dueAt : undefined);
  return also && also.length > 0 ? { ...result, also } : result;
}

/**
 * The way of nearly every step: its message was never in a table.
 * @param delta  of all the steps
 */
function consume(t: Tables, ops: readonly CommitOp[], delta: CommitOp['delta']): OpResult {
  const places = t.unwritten.consume(ops);
  if (!places) return { kind: 'lost' };
  const op = ops[ops.length - 1]!;
  if (op.answer) answer(t, op);
  const ready: MessageRow[] = [];
  return applied(changeProcess(t, op.processId, delta, op.at, ready), places, ready);
}

/** The same for a chain: between its steps the process neither ends nor fails, so it is counted once. */
function consumeChain(t: Tables, ops: readonly CommitOp[]): OpResult {
  const delta = { total: 0, done: 0, failed: 0, open: 0 };
  for (const one of ops) {
    delta.total += one.delta.total;
    delta.done += one.delta.done;
    delta.failed += one.delta.failed;
    delta.open += one.delta.open;
  }
  const last = consume(t, ops, delta);
  if (last.kind !== 'ok') return { kind: 'ok', steps: [last] };
  const steps: OpResult[] = Array(ops.length - 1).fill(PASSED_RESULT);
  steps.push(last);
  return { kind: 'ok', steps };
}

function answer(t: Tables, op: CommitOp): void {
  const { text, payload } = op.answer!;
  if (t.unwritten.answer(op.processId, text, payload)) return;
  t.sql('UPDATE process SET answer = ?, answer_payload = ? WHERE id = ?').run(
    text,
    t.payloadRow(payload),
    op.processId,
  );
}

/** The step as if it had known where its message is, and the permit it waits for; null when that is nowhere any more. */
function located(t: Tables, op: CommitOp): { op: CommitOp; limitKey: string | null } | null {
  const row = t
    .sql(
      `SELECT m.state, m.attempt, m.limit_key FROM message m JOIN queue q ON q.id = m.queue
       WHERE m.id = ? AND m.state < 5 AND q.name = ?`,
    )
    .get(op.id, op.queue) as { state: number; attempt: number; limit_key: string | null } | undefined;
  if (!row) return null;
  const limitKey = row.state === STATE.limited ? row.limit_key : null;
  return { op: { ...op, from: row.state, attempt: row.attempt }, limitKey };
}

/** Moves after which a message is still at its node. */
const STAYS = new Set(['delayed', 'limited', 'held', 'called']);

/** Timers, parts and processes of a step that has some. @returns what became ready with it */
function withExtras(
  t: Tables,
  op: CommitOp,
  move: CommitOp['move'],
  { clears, timers, starts }: CommitExtras,
  cancelled: boolean,
): MessageRow[] {
  if (clears && !STAYS.has(move.to)) {
    t.sql('DELETE FROM timer WHERE id = ?').run(op.id);
    if (move.to !== 'collected') t.sql('DELETE FROM part WHERE message = ?').run(op.id);
  }
  if (cancelled) return [];
  setTimers(t, timers);
  return starts.flatMap((start) => {
    if (t.sql('SELECT 1 FROM process WHERE id = ?').get(start.processId) !== undefined) return [];
    const { ended } = accept(t, start);
    t.unwritten.flush();
    if (ended) return wakeCaller(t, start.processId);
    return [...start.emitted].flatMap((message) => t.readyRow(message.id));
  });
}

/** @returns false when the fence held it back */
function moveMessage(t: Tables, op: CommitOp, move: CommitOp['move'], emitted: number): boolean {
  const fence = [op.id, op.from, op.attempt] as const;
  let changed: number | bigint;
  switch (move.to) {
    case 'done':
      changed = t
        .sql(FINISH)
        .run(op.at, op.durationMs, emitted, move.result, move.reason, op.id, op.from, op.attempt).changes;
      break;
    case 'delayed':
      changed = t
        .sql(
          `UPDATE message SET state = 2, changed_at = ?, due_at = ?, attempt = ?, result = ?, reason = ?, headers = coalesce(?, headers) ${FENCE}`,
        )
        .run(op.at, move.dueAt, move.attempt, move.code, move.reason, move.headers, ...fence).changes;
      break;
    case 'limited':
      changed = t
        .sql(
          `UPDATE message SET state = 3, changed_at = ?, limit_key = ?, result = 'limit', reason = ?, pos = ? ${FENCE}`,
        )
        .run(op.at, move.limitKey, move.reason, t.nextPos(), ...fence).changes;
      break;
    case 'held':
      changed = t
        .sql(`UPDATE message SET state = 4, changed_at = ?, result = 'held', reason = ? ${FENCE}`)
        .run(op.at, move.reason, ...fence).changes;
      break;
    case 'called':
      changed = t
        .sql(
          `UPDATE message SET state = 2, changed_at = ?, due_at = ?, cursor = ?, attempt = attempt + 1, result = 'call', reason = ? ${FENCE}`,
        )
        .run(op.at, move.dueAt, move.processId, move.reason, ...fence).changes;
      break;
    case 'collected':
      changed = t
        .sql(`UPDATE message SET state = 4, changed_at = ?, result = 'collecting', reason = ? ${FENCE}`)
        .run(op.at, move.reason, ...fence).changes;
      if (Number(changed) === 1) park(t, op.id, move.collection, move.place);
      break;
    case 'trash':
      changed = t
        .sql(
          `UPDATE message SET state = 5, changed_at = ?, duration_ms = ?, result = 'trash', code = ?, reason = ?, attempt = attempt + ? ${FENCE}`,
        )
        .run(op.at, op.durationMs, move.code, move.reason, op.from === STATE.ready ? 1 : 0, ...fence).changes;
      break;
    case 'queue': {
      const queue = t.queue(move.queue);
      const taken = move.orderingKey !== null && t.keyTaken(queue, move.orderingKey);
      changed = t
        .sql(
          `UPDATE message SET queue = ?, state = ?, pos = ?, changed_at = ?, payload = ?, headers = ?, content_type = ?, ordering_key = ?,
           attempt = 0, due_at = NULL, limit_key = NULL, result = NULL, code = NULL, reason = NULL ${FENCE}`,
        )
        .run(
          queue,
          taken ? STATE.blocked : STATE.ready,
          t.nextPos(),
          op.at,
          t.payloadRow(move.payload),
          move.headers,
          move.contentType,
          move.orderingKey,
          ...fence,
        ).changes;
    }
  }
  if (Number(changed) !== 1) return false;
  logAttempt(t, op, move);
  return true;
}

function logAttempt(t: Tables, op: CommitOp, move: CommitOp['move']): void {
  if (move.to === 'done' || move.to === 'limited' || move.to === 'called' || move.to === 'collected') return;
  const code =
    move.to === 'delayed' ? move.code : move.to === 'trash' ? move.code : move.to === 'held' ? 'held' : 'replayed';
  const reason = move.to === 'queue' ? 'replayed by a person' : move.reason;
  t.sql('INSERT INTO attempt (message, attempt, at, duration_ms, code, reason) VALUES (?, ?, ?, ?, ?, ?)').run(
    op.id,
    op.attempt + 1,
    op.at,
    op.durationMs,
    code,
    reason,
  );
}

/** O1: when the head of an ordering key left, the next one may run. */
function promoteAfter(t: Tables, op: CommitOp, move: CommitOp['move'], queue: number): MessageRow[] {
  const leaves = move.to === 'done' || move.to === 'trash' || move.to === 'held' || move.to === 'collected';
  // One that was blocked itself holds nobody up.
  if (op.orderingKey === null || !leaves || op.from > STATE.limited || op.from === STATE.blocked) return [];
  return t.promote(queue, op.orderingKey, op.at);
}

/** @param ready  a message that waited for the end of this process joins it */
function changeProcess(
  t: Tables,
  id: string,
  delta: CommitOp['delta'],
  at: number,
  ready: MessageRow[],
): ProcessStatus | null {
  if (delta.total === 0 && delta.done === 0 && delta.failed === 0 && delta.open === 0) return null;
  const { counts, before } = t.processes.change(id, delta, at);
  if (counts.open > 0) return null;
  // A cancelled process recorded its end when it was cancelled.
  if (before === 'cancelled') {
    t.endCancelling(id);
    return null;
  }
  t.event(at, `process.${counts.status}`, counts.topology, id, null, null);
  if (counts.called) ready.push(...wakeCaller(t, id));
  return counts.status;
}
