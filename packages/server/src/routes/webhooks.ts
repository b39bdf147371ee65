// Subscriptions to events of services.

import {
  pageOf,
  WebhookAddress,
  WebhookCleanAnswer,
  WebhookCleanRequest,
  WebhookQuery,
  WebhookRequest,
  WebhookView,
} from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface One {
  Params: { id: string };
}
const ONE = '/api/v1/webhooks/:id';
const tag = 'webhooks';

export const webhookRoutes: Routes = (app, { integration: { webhooks } }) => {
  const read = { scope: 'webhook:read' } as const;
  const write = { scope: 'webhook:write' } as const;

  app.get<{ Querystring: WebhookQuery }>(
    '/api/v1/webhooks',
    {
      config: read,
      schema: describe({ summary: 'Subscriptions', tag, query: WebhookQuery, answer: pageOf(WebhookView) }),
    },
    async ({ query }) => ({ items: webhooks.list(query), next: null }),
  );

  app.post<{ Body: WebhookRequest }>(
    '/api/v1/webhooks',
    {
      config: write,
      schema: describe({
        summary: 'Subscribe to an event for a user who has the application',
        tag,
        body: WebhookRequest,
        answer: WebhookView,
        status: 201,
      }),
    },
    async ({ body }, reply) => reply.code(201).send(await webhooks.subscribe(body)),
  );

  app.post<{ Body: WebhookCleanRequest | undefined }>(
    '/api/v1/webhooks/clean',
    {
      config: write,
      schema: describe({
        summary: 'Find subscriptions at services that lead here and that nobody knows, and remove them',
        tag,
        answer: WebhookCleanAnswer,
      }),
    },
    async ({ body }) => webhooks.clean(WebhookCleanRequest.parse(body ?? {}).dryRun),
  );

  app.get<One>(
    ONE,
    { config: read, schema: describe({ summary: 'One subscription', tag, answer: WebhookView }) },
    async ({ params: { id } }) => webhooks.view(id),
  );

  app.get<One>(
    `${ONE}/address`,
    {
      config: write,
      schema: describe({ summary: 'Where its events are delivered; the secret is in it', tag, answer: WebhookAddress }),
    },
    async ({ params: { id } }) => webhooks.address(id),
  );

  app.post<One>(
    `${ONE}/retry`,
    { config: write, schema: describe({ summary: 'Ask the service again now', tag, answer: WebhookView }) },
    async ({ params: { id } }) => webhooks.retry(id),
  );

  app.delete<One>(
    ONE,
    {
      config: write,
      schema: describe({
        summary: 'End a subscription of a person; 204 when it was ended before, and is forgotten',
        tag,
        answer: WebhookView,
      }),
    },
    async ({ params: { id } }, reply) => {
      const view = await webhooks.remove(id);
      return view ? view : reply.code(204).send();
    },
  );
};
