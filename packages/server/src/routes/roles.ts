import { pageOf, RoleChange, RoleRequest, RoleView } from '@sluice/protocol';
import { identityOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Named {
  Params: { name: string };
}
const tag = 'people';
const read = { scope: 'user:read' } as const;
const write = { scope: 'role:write' } as const;

export const roleRoutes: Routes = (app, { access: { roles } }) => {
  app.get(
    '/api/v1/roles',
    { config: read, schema: describe({ summary: 'Roles with their scopes', tag, answer: pageOf(RoleView) }) },
    async () => ({ items: roles.list(), next: null }),
  );

  app.get<Named>(
    '/api/v1/roles/:name',
    { config: read, schema: describe({ summary: 'One role', tag, answer: RoleView }) },
    async ({ params }) => roles.view(params.name),
  );

  app.post<{ Body: RoleRequest }>(
    '/api/v1/roles',
    {
      config: write,
      schema: describe({
        summary: 'Make a role of scopes that you have yourself',
        tag,
        body: RoleRequest,
        answer: RoleView,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await roles.create(identityOf(request), request.body)),
  );

  app.patch<Named & { Body: RoleChange }>(
    '/api/v1/roles/:name',
    {
      config: write,
      schema: describe({ summary: 'Change a role of your own', tag, body: RoleChange, answer: RoleView }),
    },
    async (request) => roles.change(identityOf(request), request.params.name, request.body),
  );

  app.delete<Named>(
    '/api/v1/roles/:name',
    { config: write, schema: describe({ summary: 'Remove a role that nobody has', tag, status: 204 }) },
    async (request, reply) => {
      await roles.remove(identityOf(request), request.params.name);
      return reply.code(204).send();
    },
  );
};
