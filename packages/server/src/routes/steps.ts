// How a message with its step is shown, wherever one is listed.

import type { Engine, StepRecord } from '@sluice/engine';
import type { EditRequest, StepView } from '@sluice/protocol';
import { editedBody, showBody } from '../http/content.ts';

export function stepView({ message, node, attempts, parts, ...rest }: StepRecord): StepView {
  const [topology = '', version = '0'] = message.queue.split('/');
  return {
    id: message.id,
    processId: message.processId,
    parentId: message.parentId,
    topology,
    version: Number(version),
    node,
    user: message.user,
    state: rest.state,
    result: rest.result,
    code: rest.code,
    reason: rest.reason,
    attempt: message.attempt,
    attempts: [...attempts],
    arrivedAt: message.arrivedAt,
    changedAt: rest.changedAt,
    dueAt: rest.state === 'delayed' ? message.dueAt : null,
    durationMs: rest.durationMs,
    emitted: rest.emitted,
    headers: message.headers,
    contentType: message.contentType,
    bytes: message.payload.bytes,
    parts: [...parts],
  };
}

export async function withBody(engine: Engine, step: StepRecord): Promise<StepView> {
  return { ...stepView(step), body: showBody(await engine.body(step.message.payload)) };
}

/** An edit as the engine takes it. */
export function editOf({ body, headers, contentType, node }: EditRequest) {
  return { body: editedBody(body), headers, contentType, node };
}
