// Processes that routes start: those of the engine in this process, or of a platform elsewhere.

import type { Awaited, Engine } from '@sluice/engine';
import { type Body, type Headers, SluiceError } from '@sluice/protocol';

/** A request as those read it who take it whole. */
export interface WholeRequest {
  readonly body: Body;
  readonly contentType: string;
  readonly headers: Headers;
  readonly user: string;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
}

/** How far a process has come; one that failed is an error. */
export type ProcessResult =
  | { readonly kind: 'running' }
  /** What its respond node said. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly contentType: string;
      readonly body: Body;
    }
  /** It ended, and no respond node was on its way. */
  | { readonly kind: 'ended'; readonly status: 'completed' | 'cancelled' };

export interface Processes {
  /** Resolved when it is durable. */
  start(topology: string, node: string, request: WholeRequest): Promise<{ readonly processId: string }>;
  /**
   * Start, and wait for the answer so long at most.
   * @throws SluiceError `run.process_failed`
   */
  ask(
    topology: string,
    node: string,
    request: WholeRequest,
    waitMs: number,
  ): Promise<{ readonly processId: string; readonly result: ProcessResult }>;
  /** @throws SluiceError `process.unknown` when nothing is known of it any more, `run.process_failed` */
  result(processId: string): Promise<ProcessResult>;
}

type Needed = Pick<Engine, 'run' | 'runAndWait' | 'process' | 'reads' | 'body'>;

/** Processes of the engine in this process. */
export function ownProcesses(engine: Needed): Processes {
  const resultOf = async (processId: string, result: Awaited | null): Promise<ProcessResult> => {
    if (result === null) return { kind: 'running' };
    if (result.kind === 'answer') {
      const { status, headers, contentType, payload } = result.answer;
      return { kind: 'answer', status, headers, contentType, body: await engine.body(payload) };
    }
    const { status, reason } = result;
    if (status === 'completed' || status === 'cancelled') return { kind: 'ended', status };
    throw new SluiceError('run.process_failed', { processId, reason: reason ?? 'see its history.' });
  };
  return {
    start: (topology, node, { signal: _, ...start }) => engine.run(topology, node, start),
    async ask(topology, node, { signal: _, ...start }, waitMs) {
      const { started, result } = await engine.runAndWait(topology, node, start, waitMs);
      return { processId: started.processId, result: await resultOf(started.processId, result) };
    },
    async result(processId) {
      const [{ status }, content] = await Promise.all([engine.process(processId), engine.reads.content(processId)]);
      if (content?.answer) return resultOf(processId, { kind: 'answer', answer: content.answer });
      if (status === 'running') return { kind: 'running' };
      return resultOf(processId, { kind: 'ended', status, code: null, reason: null });
    },
  };
}
