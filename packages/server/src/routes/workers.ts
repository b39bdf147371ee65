import { pageOf, WorkerRegistered, WorkerRegistration, WorkerView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Named {
  Params: { name: string };
}

export const workerRoutes: Routes = (app, { workers }) => {
  app.post<{ Body: WorkerRegistration }>(
    '/api/v1/workers',
    {
      config: { scope: 'worker:write' },
      schema: describe({
        summary: 'Register a worker: http with a url, link without',
        tag: 'workers',
        body: WorkerRegistration,
        answer: WorkerRegistered,
        status: 201,
      }),
    },
    async (request, reply) => {
      const { worker, created } = await workers.register(request.body);
      return reply.code(created ? 201 : 200).send(worker);
    },
  );

  app.get(
    '/api/v1/workers',
    {
      config: { scope: 'worker:read' },
      schema: describe({ summary: 'Workers with health and manifest', tag: 'workers', answer: pageOf(WorkerView) }),
    },
    async () => ({ items: workers.list(), next: null }),
  );

  app.get<Named>(
    '/api/v1/workers/:name',
    {
      config: { scope: 'worker:read' },
      schema: describe({ summary: 'One worker', tag: 'workers', answer: WorkerView }),
    },
    async (request) => workers.view(request.params.name),
  );

  app.delete<Named>(
    '/api/v1/workers/:name',
    {
      config: { scope: 'worker:write' },
      schema: describe({ summary: 'Remove a worker; its messages wait', tag: 'workers', status: 204 }),
    },
    async (request, reply) => {
      await workers.remove(request.params.name);
      return reply.code(204).send();
    },
  );
};
