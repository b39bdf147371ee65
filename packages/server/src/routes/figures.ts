import { FiguresQuery, FiguresView, pageOf, RANGES, RemoteCallQuery, RemoteCallView } from '@sluice/protocol';
import type { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const tag = 'operation';

export const figureRoutes: Routes = (app, { figures, remoteCalls }) => {
  app.get<{ Querystring: z.output<typeof FiguresQuery> }>(
    '/api/v1/figures',
    {
      config: { scope: 'metrics:read' },
      schema: describe({
        summary: 'How fast nodes and remote services are and how often they fail, the slowest first',
        tag,
        query: FiguresQuery,
        answer: FiguresView,
      }),
    },
    async (request) => figures.view(RANGES[request.query.range].rangeMs),
  );

  app.get<{ Querystring: z.output<typeof RemoteCallQuery> }>(
    '/api/v1/remote-calls',
    {
      config: { scope: 'log:read' },
      schema: describe({
        summary: 'Requests of steps to remote services, newest last; the newest are kept',
        tag,
        query: RemoteCallQuery,
        answer: pageOf(RemoteCallView),
      }),
    },
    async (request) => ({ items: remoteCalls.list(request.query), next: null }),
  );
};
