import { pageOf, TokenCreated, TokenRequest, TokenView } from '@sluice/protocol';
import { identityOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const tokenRoutes: Routes = (app, { access: { tokens } }) => {
  app.post<{ Body: TokenRequest }>(
    '/api/v1/tokens',
    {
      config: { scope: 'token:write' },
      schema: describe({
        summary: 'Make a token; it is shown once',
        tag: 'tokens',
        body: TokenRequest,
        answer: TokenCreated,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(await tokens.create(request.body, null, identityOf(request))),
  );

  app.get(
    '/api/v1/tokens',
    {
      config: { scope: 'token:read' },
      schema: describe({ summary: 'Tokens without their secrets', tag: 'tokens', answer: pageOf(TokenView) }),
    },
    async () => ({ items: tokens.list(), next: null }),
  );

  app.get<{ Params: { id: string } }>(
    '/api/v1/tokens/:id',
    { config: { scope: 'token:read' }, schema: describe({ summary: 'One token', tag: 'tokens', answer: TokenView }) },
    async ({ params }) => tokens.view(params.id),
  );

  app.delete<{ Params: { id: string } }>(
    '/api/v1/tokens/:id',
    { config: { scope: 'token:write' }, schema: describe({ summary: 'Revoke a token', tag: 'tokens', status: 204 }) },
    async (request, reply) => {
      await tokens.revoke(request.params.id, identityOf(request));
      return reply.code(204).send();
    },
  );
};
