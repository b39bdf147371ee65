// People, for those who administer them.

import { AccountLink, pageOf, UserChange, UserInvitation, UserInvited, UserView } from '@sluice/protocol';
import { identityOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { id: string };
}
const tag = 'people';
const write = { scope: 'user:write' } as const;

export const userRoutes: Routes = (app, { access: { people } }) => {
  app.get(
    '/api/v1/users',
    { config: { scope: 'user:read' }, schema: describe({ summary: 'Accounts', tag, answer: pageOf(UserView) }) },
    async () => ({ items: people.list(), next: null }),
  );

  app.get<Of>(
    '/api/v1/users/:id',
    { config: { scope: 'user:read' }, schema: describe({ summary: 'One account', tag, answer: UserView }) },
    async ({ params }) => people.view(params.id),
  );

  app.post<{ Body: UserInvitation }>(
    '/api/v1/users',
    {
      config: write,
      schema: describe({
        summary: 'Invite a person; the link is shown once',
        tag,
        body: UserInvitation,
        answer: UserInvited,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await people.invite(identityOf(request), request.body)),
  );

  app.patch<Of & { Body: UserChange }>(
    '/api/v1/users/:id',
    {
      config: write,
      schema: describe({ summary: 'Rename, give a role, disable or enable', tag, body: UserChange, answer: UserView }),
    },
    async (request) => people.change(identityOf(request), request.params.id, request.body),
  );

  app.delete<Of>(
    '/api/v1/users/:id',
    {
      config: write,
      schema: describe({ summary: 'Remove an account with its sessions and tokens', tag, status: 204 }),
    },
    async (request, reply) => {
      await people.remove(identityOf(request), request.params.id);
      return reply.code(204).send();
    },
  );

  app.post<Of>(
    '/api/v1/users/:id/link',
    {
      config: write,
      schema: describe({
        summary: 'Make a link by which the person sets a password; the one before ends',
        tag,
        answer: AccountLink,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await people.link(identityOf(request), request.params.id)),
  );
};
