// Messages as they enter their queues.

import { processOf } from '../../../core/message.ts';
import type { ProcessStatus } from '../../../core/step.ts';
import type { MessageCopy, MessageRow, OpResult } from '../operations.ts';
import { STATE } from '../schema.ts';
import { insertMessage } from './rows.ts';
import type { Tables } from './tables.ts';
import { arePlain, type Places } from './unwritten.ts';

/** Messages enter: on the plain way without a row for now. */
export function enterAll(t: Tables, messages: Iterable<MessageCopy>, now: number): Places {
  if (arePlain(messages, now)) return t.unwritten.enter(messages, now);
  return insertAll(t, messages, now);
}

function insertAll(t: Tables, messages: Iterable<MessageCopy>, now: number): Places {
  const positions: number[] = [];
  const payloads: number[] = [];
  let nextDue: number | null = null;
  for (const copy of messages) {
    const queue = t.queue(copy.queue);
    const waits = copy.dueAt !== null && copy.dueAt > now;
    const taken = copy.held === null && copy.orderingKey !== null && t.keyTaken(queue, copy.orderingKey);
    const state = copy.held !== null ? STATE.held : taken ? STATE.blocked : waits ? STATE.delayed : STATE.ready;
    const pos = t.nextPos();
    const payload = t.payloadRow(copy.payload);
    const result = copy.held ?? (state === STATE.delayed ? 'delay' : null);
    insertMessage(t, { copy, queue, seq: t.nextSeq(), pos, at: now, payload }, { state, result });
    t.flow(queue).emitted++;
    if (copy.held !== null) t.messageEvent(now, 'message.held', copy.queue, processOf(copy.id), copy.id);
    if (state === STATE.delayed) nextDue = Math.min(nextDue ?? Number.POSITIVE_INFINITY, copy.dueAt!);
    positions.push(state === STATE.ready ? pos : -1);
    payloads.push(payload);
  }
  return { positions, payloads, nextDue };
}

const NONE: readonly MessageRow[] = [];

/** What nearly every operation answers, always made here: code that has seen objects of one kind only is compiled once for all. */
export const applied = (
  ended: ProcessStatus | null,
  { positions, payloads, nextDue }: Places,
  ready = NONE,
  due = nextDue,
): OpResult => ({ kind: 'ok', ended, nextDue: due, positions, payloads, ready });
