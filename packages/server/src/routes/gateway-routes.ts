// Routes of the gateway, as data.

import {
  GatewayChange,
  GatewayChanged,
  type GatewayChangeInput,
  pageOf,
  type RouteDefinitionInput,
  RouteView,
  SluiceError,
} from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';
const Outline = GatewayChange.extend({ save: z.array(z.unknown()).max(10_000).default([]) });

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

  app.post<{ Body: GatewayChangeInput }>(
    '/api/v1/gateway/changes',
    {
      config: { scope: 'gateway:write' },
      schema: {
        ...describe({ summary: 'Many routes at once: all of it, or nothing', tag: TAG, answer: GatewayChanged }),
        body: {},
      },
    },
    async ({ body }) => {
      // Its shape first; each definition is checked by the book, with the name of its route.
      const change = Outline.safeParse(body);
      if (!change.success)
        throw new SluiceError('request.invalid', {
          problems: change.error.issues
            .slice(0, 20)
            .map(({ path, message }) => `${path.join('.') || 'body'} ${message}`),
        });
      return { items: await routes.change({ ...change.data, save: change.data.save as RouteDefinitionInput[] }) };
    },
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
