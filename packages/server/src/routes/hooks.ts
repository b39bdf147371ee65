// Where services deliver their events. Whose address it is, is asked before the body is read; who it is from, before anybody
// else sees it.

import type { FastifyRequest } from 'fastify';
import { bodyOf, checkJson, isJson } from '../http/content.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';
import { carried } from './run.ts';

interface Hook {
  Params: { secret: string };
  Querystring: Record<string, unknown>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Subscription whose address this is. */
    subscription: string | null;
  }
}

export const hookRoutes: Routes = (app, { integration: { deliveries } }) => {
  app.decorateRequest('subscription', null);
  app.route<Hook>({
    method: ['GET', 'POST'],
    url: '/hooks/:secret',
    config: { open: 'services have no token of ours: the secret in the address admits, the signature proves' },
    schema: describe({ summary: 'Deliver an event', tag: 'webhooks' }),
    onRequest: async (request) => {
      request.subscription = await deliveries.admit(request.params.secret, request.ip);
    },
    handler: async (request, reply) => {
      const contentType = contentTypeOf(request as FastifyRequest);
      const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
      if (isJson(contentType) && body.length > 0) checkJson(bodyOf(body));
      const taken = await deliveries.take(request.subscription!, {
        method: request.method === 'POST' ? 'POST' : 'GET',
        headers: request.headers,
        carried: carried(request.headers),
        query: request.query,
        contentType,
        body,
      });
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      switch (taken.kind) {
        case 'reply':
          return reply
            .headers(taken.headers ?? {})
            .type(taken.contentType)
            .send(taken.text);
        case 'ready':
          return reply.send({ status: 'ready' });
        case 'started': {
          const { processId, duplicate } = taken;
          return reply.send(duplicate ? { processId, duplicate } : { processId });
        }
      }
    },
  });
};

const contentTypeOf = ({ headers }: FastifyRequest): string => String(headers['content-type'] ?? '');
