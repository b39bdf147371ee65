import { ApplicationView, OfWorker, pageOf } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const applicationRoutes: Routes = (app, { integration: { hosts } }) => {
  app.get(
    '/api/v1/applications',
    {
      config: { scope: 'application:read' },
      schema: describe({
        summary: 'Applications that workers offer, with their forms',
        tag: 'applications',
        answer: pageOf(ApplicationView),
      }),
    },
    async () => ({ items: hosts.applications(), next: null }),
  );

  app.get<{ Params: { key: string }; Querystring: OfWorker }>(
    '/api/v1/applications/:key',
    {
      config: { scope: 'application:read' },
      schema: describe({ summary: 'One application', tag: 'applications', query: OfWorker, answer: ApplicationView }),
    },
    async ({ params, query }) => hosts.application(params.key, query.worker),
  );
};
