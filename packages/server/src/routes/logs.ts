import { LogQuery, LogView, pageOf } from '@sluice/protocol';
import type { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const logRoutes: Routes = (app, { workerRecords }) => {
  app.get<{ Querystring: z.output<typeof LogQuery> }>(
    '/api/v1/logs',
    {
      config: { scope: 'log:read' },
      schema: describe({
        summary: 'Lines that steps wrote for people, newest last',
        tag: 'operation',
        query: LogQuery,
        answer: pageOf(LogView),
      }),
    },
    async (request) => {
      const { limit, ...filter } = request.query;
      return { items: workerRecords.lines(filter, limit ?? 200), next: null };
    },
  );
};
