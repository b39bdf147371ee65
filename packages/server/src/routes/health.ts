import type { FastifyContextConfig } from 'fastify';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const healthRoutes: Routes = (app, { engine, metrics, loopbackOnly }) => {
  app.get(
    '/healthz',
    { config: { open: 'health' }, schema: describe({ summary: 'The process is alive', tag: 'operation' }) },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    { config: { open: 'health' }, schema: describe({ summary: 'Messages can be taken', tag: 'operation' }) },
    async (_request, reply) => {
      const trouble = engine.trouble();
      return reply
        .code(trouble === null ? 200 : 503)
        .send(trouble === null ? { status: 'ready' } : { status: 'not ready', reason: trouble });
    },
  );

  // A scraper on the same machine needs no token; one elsewhere does.
  const config: FastifyContextConfig = loopbackOnly ? { open: 'metrics, on loopback only' } : { scope: 'metrics:read' };
  app.get(
    '/metrics',
    { config, schema: describe({ summary: 'Prometheus metrics', tag: 'operation' }) },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
  );
};
