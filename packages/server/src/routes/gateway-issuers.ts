// Issuers of access tokens that the gateway takes.

import { type IssuerRequestInput, IssuerView, pageOf } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';
const ONE = '/api/v1/gateway/issuers/:name';

interface ByName {
  readonly Params: { name: string };
}

export const gatewayIssuerRoutes: Routes = (app, { gateway: { issuers } }) => {
  app.get(
    '/api/v1/gateway/issuers',
    {
      config: { scope: 'gateway:read' },
      schema: describe({ summary: 'Whose access tokens the gateway takes', tag: TAG, answer: pageOf(IssuerView) }),
    },
    async () => ({ items: issuers.list(), next: null }),
  );

  app.get<ByName>(
    ONE,
    { config: { scope: 'gateway:read' }, schema: describe({ summary: 'One issuer', tag: TAG, answer: IssuerView }) },
    async (request) => issuers.get(request.params.name),
  );

  // Issuers are checked by the book, with its own words.
  app.put<ByName & { Body: IssuerRequestInput }>(
    ONE,
    {
      config: { scope: 'gateway:write' },
      schema: { ...describe({ summary: 'Make an issuer, or change it', tag: TAG, answer: IssuerView }), body: {} },
    },
    async (request) => issuers.save(request.params.name, request.body),
  );

  app.delete<ByName>(
    ONE,
    {
      config: { scope: 'gateway:write' },
      schema: describe({ summary: 'Remove an issuer; its tokens end at once', tag: TAG, status: 204 }),
    },
    async (request, reply) => {
      await issuers.remove(request.params.name);
      return reply.code(204).send();
    },
  );
};
