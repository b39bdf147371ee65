// Consumers of the gateway and their keys.

import { ConsumerRequest, ConsumerView, pageOf } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';
const KeyRequest = z.strictObject({
  /** Epoch ms; without it the key does not expire. */ expiresAt: z.number().int().optional(),
});
const KeyCreated = z.object({ id: z.string(), /** Shown only now. */ key: z.string() });

export const gatewayConsumerRoutes: Routes = (app, { gateway: { consumers } }) => {
  app.get(
    '/api/v1/gateway/consumers',
    {
      config: { scope: 'gateway:read' },
      schema: describe({ summary: 'Who may call the gateway', tag: TAG, answer: pageOf(ConsumerView) }),
    },
    async () => ({ items: consumers.list(), next: null }),
  );

  app.post<{ Body: ConsumerRequest }>(
    '/api/v1/gateway/consumers',
    {
      config: { scope: 'gateway:write' },
      schema: describe({
        summary: 'A new consumer',
        tag: TAG,
        body: ConsumerRequest,
        answer: ConsumerView,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await consumers.create(request.body)),
  );

  app.delete<{ Params: { name: string } }>(
    '/api/v1/gateway/consumers/:name',
    {
      config: { scope: 'gateway:write' },
      schema: describe({ summary: 'Remove a consumer; its credentials end at once', tag: TAG, status: 204 }),
    },
    async (request, reply) => {
      await consumers.remove(request.params.name);
      return reply.code(204).send();
    },
  );

  app.post<{ Params: { name: string }; Body: z.infer<typeof KeyRequest> | undefined }>(
    '/api/v1/gateway/consumers/:name/keys',
    {
      config: { scope: 'gateway:write' },
      schema: describe({
        summary: 'A new key; it is shown once',
        tag: TAG,
        body: KeyRequest,
        answer: KeyCreated,
        status: 201,
      }),
    },
    async (request, reply) =>
      reply.code(201).send(await consumers.addKey(request.params.name, request.body?.expiresAt ?? null)),
  );
};
