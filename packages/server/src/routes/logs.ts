import { LogView, pageOf } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const Query = z.object({
  processId: z.string().max(300).optional(),
  topology: z.string().max(200).optional(),
  node: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const logRoutes: Routes = (app, { workerRecords }) => {
  app.get<{ Querystring: z.output<typeof Query> }>(
    '/api/v1/logs',
    {
      config: { scope: 'log:read' },
      schema: describe({
        summary: 'Lines that steps wrote for people, newest last',
        tag: 'operation',
        query: Query,
        answer: pageOf(LogView),
      }),
    },
    async (request) => {
      const { limit, ...filter } = request.query;
      return { items: workerRecords.lines(filter, limit ?? 200), next: null };
    },
  );
};
