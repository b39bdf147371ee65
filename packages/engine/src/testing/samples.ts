// Messages, acceptances and steps for suites: valid by default, changed where a test says so.

import { type Emission, type Message, queueOf } from '../core/message.ts';
import type { Step } from '../core/step.ts';
import type { Acceptance } from '../ports/message-store.ts';

export const TOPOLOGY = 'orders';
export const queue = (node: string): string => queueOf(TOPOLOGY, 1, node);

let processes = 0;

/** Ids that sort in the order they were made. */
export const newProcessId = (): string => `00000000-0000-7000-8000-${String(++processes).padStart(12, '0')}`;

export function message(processId: string, name: string, change: Partial<Message> = {}): Message {
  return {
    id: `${processId}.${name}`,
    queue: queue('a'),
    processId,
    parentId: null,
    user: 'default',
    headers: {},
    contentType: 'application/json',
    payload: { body: `{"name":"${name}"}`, blob: null, bytes: 11 + name.length },
    attempt: 0,
    cursor: null,
    sameCursor: 0,
    orderingKey: null,
    dueAt: null,
    arrivedAt: 1_000,
    processStartedAt: 1_000,
    ...change,
  };
}

export const emission = (made: Message, enter: Emission['enter'] = 'queue'): Emission => ({ message: made, enter });

export function acceptance(messages: readonly Message[], change: Partial<Acceptance> = {}): Acceptance {
  const processId = change.processId ?? messages[0]?.processId ?? newProcessId();
  return {
    processId,
    topology: TOPOLOGY,
    version: 1,
    startNode: 'start',
    user: 'default',
    at: 1_000,
    idempotencyKey: null,
    bodyDigest: null,
    replayOf: null,
    payload: messages[0]?.payload ?? { body: '', blob: null, bytes: 0 },
    headers: {},
    contentType: 'application/json',
    emitted: messages.map((made) => emission(made)),
    ...change,
  };
}

export function step(
  made: Message,
  move: Step['move'],
  emitted: readonly Message[] = [],
  change: Partial<Step> = {},
): Step {
  return {
    message: made,
    from: 'leased',
    move,
    emitted: emitted.map((child) => emission(child)),
    at: 2_000,
    durationMs: 5,
    ...change,
  };
}

export const DONE: Step['move'] = { to: 'done', result: 'ended' };
export const FORWARDED: Step['move'] = { to: 'done', result: 'forwarded' };
