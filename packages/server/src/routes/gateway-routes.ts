// Routes of the gateway, as data.

import { pageOf, type RouteDefinitionInput, RouteView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';

export const gatewayRoutes: Routes = (app, { gateway: { routes } }) => {
  app.get(
    '/api/v1/gateway/routes',
    {
      config: { scope: 'gateway:read' },
      schema: describe({ summary: 'Routes of the gateway', tag: TAG, answer: pageOf(RouteView) }),
    },
    async () => ({ items: routes.list(), next: null }),
  );

  app.get<{ Params: { name: string } }>(
    '/api/v1/gateway/routes/:name',
    { config: { scope: 'gateway:read' }, schema: describe({ summary: 'One route', tag: TAG, answer: RouteView }) },
    async (request) => routes.get(request.params.name),
  );

  // Definitions are checked by the book, with its own words; the validator would coerce the schemas inside of them.
  app.post<{ Body: RouteDefinitionInput }>(
    '/api/v1/gateway/routes',
    {
      config: { scope: 'gateway:write' },
      schema: {
        ...describe({ summary: 'A new route, or a new version of one', tag: TAG, answer: RouteView, status: 201 }),
        body: {},
      },
    },
    async (request, reply) => reply.code(201).send(await routes.save(request.body)),
  );

  for (const [act, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post<{ Params: { name: string } }>(
      `/api/v1/gateway/routes/:name/${act}`,
      {
        config: { scope: 'gateway:write' },
        schema: describe({
          summary: `${act === 'enable' ? 'Enable' : 'Disable'} a route`,
          tag: TAG,
          answer: RouteView,
        }),
      },
      async (request) => routes.setEnabled(request.params.name, enabled),
    );

  app.delete<{ Params: { name: string } }>(
    '/api/v1/gateway/routes/:name',
    { config: { scope: 'gateway:write' }, schema: describe({ summary: 'Remove a route', tag: TAG, status: 204 }) },
    async (request, reply) => {
      await routes.remove(request.params.name);
      return reply.code(204).send();
    },
  );
};
