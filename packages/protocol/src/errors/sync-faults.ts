// Failures of calls that are answered at once: nothing of them is stored, so nothing of them waits in trash.
//
// `as` is the code that the step gave itself, `httpStatus` the status of that code where the platform knows it.

import { fault } from './fault.ts';

/** What a step said, under its own code. */
export interface Said {
  readonly reason: string;
  readonly as?: string;
  readonly httpStatus?: number;
  /** All that is wrong, where there is more than one thing. */
  readonly problems?: readonly string[];
}

/** It is worth trying again then. */
export interface Later {
  readonly reason: string;
  readonly retryAfterMs: number;
}

export const SYNC_FAULTS = {
  'engine.off': fault(
    503,
    () => 'This platform runs without its processes. Nothing was started.',
    'Start it with SLUICE_PARTS=all, or ask a platform that runs processes.',
  ),
  'sync.off': fault(
    503,
    () => 'This platform takes no synchronous calls. Nothing was called.',
    'Start it with SLUICE_PARTS=all, or ask a platform that takes them.',
  ),
  'sync.action_unknown': fault<{ worker: string; action: string; known: readonly string[] }>(
    404,
    (d) => `Worker "${d.worker}" has no action "${d.action}". It has: ${d.known.join(', ') || 'none'}.`,
    'GET /api/v1/workers/{name} lists what a worker offers.',
  ),
  'sync.refused': fault<Said>(
    422,
    (d) => d.reason,
    'The reason is what the step said. Correct the request, then call again.',
  ),
  'sync.failed': fault<Said>(
    502,
    (d) => d.reason,
    'The step, or the service behind it, broke. The log of the worker has the details.',
  ),
  'sync.unreadable': fault<{ worker: string; reason: string }>(
    502,
    (d) => `Worker "${d.worker}" answered with something that is no outcome: ${d.reason}.`,
    'Correct the worker, then call again.',
  ),
  'sync.busy': fault<Later>(
    503,
    (d) => `The step cannot answer now: ${d.reason} It may in ${d.retryAfterMs} ms.`,
    'Call again after the time in Retry-After, or start a process: it waits and repeats by itself.',
  ),
  'sync.away': fault<{ worker: string; reason: string }>(
    503,
    (d) => `Worker "${d.worker}" cannot be called: ${d.reason}. Nothing was called.`,
    'Start the worker, then call again.',
  ),
  'sync.unanswered': fault<{ worker: string; reason: string }>(
    504,
    (d) => `Worker "${d.worker}" gave no whole answer: ${d.reason}. What it did by then is not known.`,
    'Raise "timeout", or look at the worker. With an Idempotency-Key a second call has no second effect where the service knows such keys.',
  ),
  'sync.held': fault<{ reason: string }>(
    409,
    (d) => `The step wants a person to decide, and nobody waits in a synchronous call: ${d.reason}`,
    'Call it from a process, where a person can accept or reject the message.',
  ),
  'sync.method_not_allowed': fault<{ application: string; method: string; got: string; allowed: readonly string[] }>(
    405,
    (d) => `"${d.method}" of "${d.application}" takes ${d.allowed.join(', ')}, got ${d.got}.`,
    'Use one of the methods in the header Allow.',
  ),
  'sync.duration_invalid': fault<{ name: string; got: string; most: string }>(
    400,
    (d) => `"${d.name}" must be a time such as 30s or 500ms, at most ${d.most}, got "${d.got}". Nothing was called.`,
    'Leave it out for the default.',
  ),
  'mcp.origin': fault<{ origin: string }>(
    403,
    (d) => `Requests from ${d.origin} are not taken here: a page of another site could act in the name of its reader.`,
    'Add the origin to SLUICE_MCP_ORIGINS when the page is to be trusted.',
  ),
  'mcp.post_only': fault(
    405,
    () => 'This address takes POST only: nothing is pushed to clients, and no sessions are kept.',
    'Use the streamable HTTP transport of your client; it goes on without the stream.',
  ),
  'limit.reached': fault<Later>(
    429,
    (d) => `${d.reason} There is room again in ${d.retryAfterMs} ms.`,
    'Call again after the time in Retry-After, or give the call longer to wait with "wait".',
  ),
  'step.input_invalid': fault<{ reason: string; problems: readonly string[] }>(
    422,
    (d) => d.reason,
    'Compare the body with the input schema of the action: GET /api/v1/workers/{name} shows it.',
  ),
} as const;
