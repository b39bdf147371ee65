import { ApplicationView, pageOf } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const applicationRoutes: Routes = (app, { integration: { applications } }) => {
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
    async () => ({ items: applications.list(), next: null }),
  );

  app.get<{ Params: { key: string } }>(
    '/api/v1/applications/:key',
    {
      config: { scope: 'application:read' },
      schema: describe({ summary: 'One application', tag: 'applications', answer: ApplicationView }),
    },
    async ({ params }) => applications.view(params.key),
  );
};
