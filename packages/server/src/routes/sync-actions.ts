// Actions of workers, called at once: no queue in between, nothing stored.

import { STEP_KINDS, type StepKind } from '@sluice/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { syncDuration } from '../http/content.ts';
import { goneSignal } from '../http/gone.ts';
import { describe } from '../http/schema.ts';
import { callAction } from '../sync/call-action.ts';
import type { Routes } from './parts.ts';
import { carried, idempotencyKeyOf } from './run.ts';

export const MOST_TIMEOUT_S = 300;
const MOST_WAIT_S = 60;

const Query = z.object({
  user: z.string().min(1).max(200).optional(),
  /** Needed only where a worker has several kinds of actions under one name. */
  kind: z.enum(STEP_KINDS).optional(),
  cursor: z.string().max(100_000).optional(),
  timeout: z.string().max(20).optional(),
  wait: z.string().max(20).optional(),
});

interface ActionRoute {
  Params: { worker: string; action: string };
  Querystring: { user?: string; kind?: StepKind; cursor?: string; timeout?: string; wait?: string };
}

export const syncActionRoutes: Routes = (app, { integration }) => {
  app.post<ActionRoute>(
    '/sync/workers/:worker/:action',
    {
      config: { scope: 'sync:call' },
      schema: describe({
        summary: 'Call a connector, batch page or custom node and get what it gives: nothing is queued or stored',
        tag: 'sync',
        query: Query,
      }),
    },
    async (request, reply) => {
      const { timeout, wait, ...target } = request.query;
      const answer = await callAction(
        integration.calls,
        {
          ...request.params,
          ...target,
          timeoutMs: syncDuration('timeout', timeout, MOST_TIMEOUT_S),
          waitMs: syncDuration('wait', wait, MOST_WAIT_S),
        },
        plainRequest(request as FastifyRequest, reply),
      );
      reply.code(answer.status).headers(answer.headers);
      if (answer.body === null) return reply.send();
      return reply.send(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body));
    },
  );
};

function plainRequest(request: FastifyRequest, reply: FastifyReply) {
  return {
    body: request.body as Buffer | undefined,
    contentType: String(request.headers['content-type'] ?? ''),
    headers: carried(request.headers),
    idempotencyKey: idempotencyKeyOf(request),
    signal: goneSignal(reply),
  };
}
