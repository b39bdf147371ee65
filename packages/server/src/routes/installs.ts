// Applications as users have them.

import {
  ChoiceSchema,
  InstallQuery,
  InstallView,
  InvocationAnswer,
  type Json,
  JsonShape,
  OfWorker,
  pageOf,
  type Settings,
  SettingsShape,
} from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
  Querystring: OfWorker;
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'applications';

export const installRoutes: Routes = (app, { integration: { hosts } }) => {
  const read = { scope: 'application:read' } as const;
  const write = { scope: 'application:write' } as const;

  app.get<{ Querystring: InstallQuery }>(
    '/api/v1/installs',
    {
      config: read,
      schema: describe({ summary: 'Installs', tag, query: InstallQuery, answer: pageOf(InstallView) }),
    },
    async ({ query }) => ({ items: await hosts.list(query), next: null }),
  );

  app.get<Of>(
    INSTALL,
    {
      config: read,
      schema: describe({ summary: 'One install, secrets kept', tag, query: OfWorker, answer: InstallView }),
    },
    async ({ params: { key, user }, query }) => hosts.of(key, query.worker).view(key, user),
  );

  app.put<Of>(
    INSTALL,
    {
      config: write,
      schema: describe({
        summary: 'Install an application for a user',
        tag,
        query: OfWorker,
        answer: InstallView,
        status: 201,
      }),
    },
    async ({ params: { key, user }, query }, reply) => {
      const { view, created } = await hosts.of(key, query.worker).install(key, user);
      return reply.code(created ? 201 : 200).send(view);
    },
  );

  app.delete<Of>(
    INSTALL,
    {
      config: write,
      schema: describe({ summary: 'Remove an install with its secrets', tag, query: OfWorker, status: 204 }),
    },
    async ({ params: { key, user }, query }, reply) => {
      await hosts.of(key, query.worker).uninstall(key, user);
      return reply.code(204).send();
    },
  );

  app.put<Of & { Body: Settings }>(
    `${INSTALL}/settings`,
    {
      config: write,
      schema: describe({
        summary: 'Save forms; what is not sent, and a secret sent back as shown, stay as they are',
        tag,
        query: OfWorker,
        body: SettingsShape,
        answer: InstallView,
      }),
    },
    async ({ params: { key, user }, query, body }) => hosts.of(key, query.worker).save(key, user, body),
  );

  for (const [act, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post<Of>(
      `${INSTALL}/${act}`,
      { config: write, schema: describe({ summary: `${act} an install`, tag, query: OfWorker, answer: InstallView }) },
      async ({ params: { key, user }, query }) => hosts.of(key, query.worker).setEnabled(key, user, enabled),
    );

  app.get<Of & { Params: { form: string; field: string } }>(
    `${INSTALL}/forms/:form/fields/:field/choices`,
    {
      config: read,
      schema: describe({
        summary: 'Choices of a field, asked of the service',
        tag,
        query: OfWorker,
        answer: pageOf(ChoiceSchema),
      }),
    },
    async ({ params: { key, user, form, field }, query }) => ({
      items: await hosts.of(key, query.worker).choices(key, user, form, field),
      next: null,
    }),
  );

  app.post<Of>(
    `${INSTALL}/test`,
    {
      config: write,
      schema: describe({ summary: 'Test the connection', tag, query: OfWorker, answer: InvocationAnswer }),
    },
    async ({ params: { key, user }, query }) => ({ value: await hosts.of(key, query.worker).test(key, user) }),
  );

  app.post<Of & { Params: { action: string }; Body: Json | undefined }>(
    `${INSTALL}/actions/:action`,
    {
      config: write,
      schema: describe({
        summary: 'Press a button of the application',
        tag,
        query: OfWorker,
        answer: InvocationAnswer,
      }),
    },
    async ({ params: { key, user, action }, query, body }) => ({
      value: await hosts.of(key, query.worker).act(key, user, action, JsonShape.parse(body ?? null)),
    }),
  );
};
