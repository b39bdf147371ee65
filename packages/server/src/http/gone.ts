// Whether the one who asked still waits.

import type { FastifyReply } from 'fastify';

/** Aborts when the connection ends before the answer was written. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(new Error('the caller is gone'));
  });
  return controller.signal;
}
