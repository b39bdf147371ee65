// Applications as users have them.

import {
  ChoiceSchema,
  InstallQuery,
  InstallView,
  InvocationAnswer,
  type Json,
  JsonShape,
  pageOf,
  type Settings,
  SettingsShape,
} from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'applications';

export const installRoutes: Routes = (app, { integration: { installs } }) => {
  const read = { scope: 'application:read' } as const;
  const write = { scope: 'application:write' } as const;

  app.get<{ Querystring: InstallQuery }>(
    '/api/v1/installs',
    {
      config: read,
      schema: describe({ summary: 'Installs', tag, query: InstallQuery, answer: pageOf(InstallView) }),
    },
    async ({ query }) => ({ items: await installs.list(query), next: null }),
  );

  app.get<Of>(
    INSTALL,
    { config: read, schema: describe({ summary: 'One install, secrets kept', tag, answer: InstallView }) },
    async ({ params: { key, user } }) => installs.view(key, user),
  );

  app.put<Of>(
    INSTALL,
    {
      config: write,
      schema: describe({ summary: 'Install an application for a user', tag, answer: InstallView, status: 201 }),
    },
    async ({ params: { key, user } }, reply) => {
      const { view, created } = await installs.install(key, user);
      return reply.code(created ? 201 : 200).send(view);
    },
  );

  app.delete<Of>(
    INSTALL,
    { config: write, schema: describe({ summary: 'Remove an install with its secrets', tag, status: 204 }) },
    async ({ params: { key, user } }, reply) => {
      await installs.uninstall(key, user);
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
        body: SettingsShape,
        answer: InstallView,
      }),
    },
    async ({ params: { key, user }, body }) => installs.save(key, user, body),
  );

  for (const [act, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    app.post<Of>(
      `${INSTALL}/${act}`,
      { config: write, schema: describe({ summary: `${act} an install`, tag, answer: InstallView }) },
      async ({ params: { key, user } }) => installs.setEnabled(key, user, enabled),
    );

  app.get<{ Params: Of['Params'] & { form: string; field: string } }>(
    `${INSTALL}/forms/:form/fields/:field/choices`,
    {
      config: read,
      schema: describe({ summary: 'Choices of a field, asked of the service', tag, answer: pageOf(ChoiceSchema) }),
    },
    async ({ params: { key, user, form, field } }) => ({
      items: await installs.choices(key, user, form, field),
      next: null,
    }),
  );

  app.post<Of>(
    `${INSTALL}/test`,
    { config: write, schema: describe({ summary: 'Test the connection', tag, answer: InvocationAnswer }) },
    async ({ params: { key, user } }) => ({ value: await installs.test(key, user) }),
  );

  app.post<{ Params: Of['Params'] & { action: string }; Body: Json | undefined }>(
    `${INSTALL}/actions/:action`,
    {
      config: write,
      schema: describe({ summary: 'Press a button of the application', tag, answer: InvocationAnswer }),
    },
    async ({ params: { key, user, action }, body }) => ({
      value: await installs.act(key, user, action, JsonShape.parse(body ?? null)),
    }),
  );
};
