// Which versions of a route get requests, and what went through.

import { GatewayTraffic, pageOf, RouteDefinition, RouteTraffic, RouteView } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';

export const gatewayTrafficRoutes: Routes = (app, { gateway }) => {
  const { routes } = gateway;
  app.get(
    '/api/v1/gateway/traffic',
    {
      config: { scope: 'gateway:read' },
      schema: describe({
        summary: 'The last hour of each route, minute by minute',
        tag: TAG,
        answer: pageOf(GatewayTraffic),
      }),
    },
    async () => ({ items: gateway.traffic(), next: null }),
  );

  app.get<{ Params: { name: string; version: number } }>(
    '/api/v1/gateway/routes/:name/versions/:version',
    {
      config: { scope: 'gateway:read' },
      schema: describe({
        summary: 'One version of a route, as it was saved',
        tag: TAG,
        params: z.object({ name: z.string(), version: z.number().int().min(1) }),
        answer: RouteDefinition,
      }),
    },
    async (request) => routes.version(request.params.name, request.params.version),
  );

  app.put<{ Params: { name: string }; Body: RouteTraffic }>(
    '/api/v1/gateway/routes/:name/traffic',
    {
      config: { scope: 'gateway:write' },
      schema: describe({
        summary: 'Divide the requests of a route between its versions; a caller stays with one of them',
        tag: TAG,
        body: RouteTraffic,
        answer: RouteView,
      }),
    },
    async (request) => routes.setTraffic(request.params.name, request.body),
  );
};
