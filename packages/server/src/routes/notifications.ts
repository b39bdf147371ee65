// Who is told of what, and how.

import {
  ChannelRequest,
  ChannelView,
  DeliveryQuery,
  DeliveryView,
  NameParams,
  NotificationRuleRequest,
  NotificationRuleView,
  pageOf,
} from '@sluice/protocol';
import { checked, describe, unchecked } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Named {
  Params: { name: string };
}
const tag = 'notifications';
const read = { scope: 'notification:read' } as const;
const write = { scope: 'notification:write' } as const;
const ROOT = '/api/v1/notifications';

export const notificationRoutes: Routes = (app, { notifications }) => {
  app.get(
    `${ROOT}/rules`,
    { config: read, schema: describe({ summary: 'When somebody is told', tag, answer: pageOf(NotificationRuleView) }) },
    async () => ({ items: notifications.rules(), next: null }),
  );

  app.get<Named>(
    `${ROOT}/rules/:name`,
    { config: read, schema: describe({ summary: 'One rule', tag, params: NameParams, answer: NotificationRuleView }) },
    async ({ params }) => notifications.rule(params.name),
  );

  app.put<Named>(
    `${ROOT}/rules/:name`,
    {
      config: write,
      validatorCompiler: unchecked,
      schema: describe({
        summary: 'Make or change a rule; it begins anew',
        tag,
        params: NameParams,
        body: NotificationRuleRequest,
        answer: NotificationRuleView,
      }),
    },
    async ({ params, body }) =>
      notifications.saveRule(checked(NameParams, params).name, checked(NotificationRuleRequest, body)),
  );

  app.delete<Named>(
    `${ROOT}/rules/:name`,
    { config: write, schema: describe({ summary: 'Remove a rule', tag, params: NameParams, status: 204 }) },
    async ({ params }, reply) => {
      await notifications.removeRule(params.name);
      return reply.code(204).send();
    },
  );

  app.get(
    `${ROOT}/channels`,
    { config: read, schema: describe({ summary: 'How somebody is told', tag, answer: pageOf(ChannelView) }) },
    async () => ({ items: notifications.channels(), next: null }),
  );

  app.get<Named>(
    `${ROOT}/channels/:name`,
    { config: read, schema: describe({ summary: 'One channel', tag, params: NameParams, answer: ChannelView }) },
    async ({ params }) => notifications.channel(params.name),
  );

  app.put<Named>(
    `${ROOT}/channels/:name`,
    {
      config: write,
      validatorCompiler: unchecked,
      schema: describe({
        summary: 'Make or change a channel; a secret that is left out stays while it leads to the same place',
        tag,
        params: NameParams,
        body: ChannelRequest,
        answer: ChannelView,
      }),
    },
    async ({ params, body }) =>
      notifications.saveChannel(checked(NameParams, params).name, checked(ChannelRequest, body)),
  );

  app.delete<Named>(
    `${ROOT}/channels/:name`,
    {
      config: write,
      schema: describe({ summary: 'Remove a channel that no rule uses', tag, params: NameParams, status: 204 }),
    },
    async ({ params }, reply) => {
      await notifications.removeChannel(params.name);
      return reply.code(204).send();
    },
  );

  app.post<Named>(
    `${ROOT}/channels/:name/test`,
    {
      config: write,
      schema: describe({ summary: 'Send something by a channel now', tag, params: NameParams, answer: DeliveryView }),
    },
    async ({ params }) => notifications.testChannel(params.name),
  );

  app.get<{ Querystring: DeliveryQuery }>(
    `${ROOT}/deliveries`,
    {
      config: read,
      schema: describe({
        summary: 'What was sent and what was not, newest first',
        tag,
        query: DeliveryQuery,
        answer: pageOf(DeliveryView),
      }),
    },
    async ({ query }) => ({ items: notifications.deliveries(query), next: null }),
  );
};
