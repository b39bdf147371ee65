// Links of invitations and resets. The token stands in the body: addresses end up in logs.

import { LinkAcceptance, LinkRequest, LinkView, SessionView } from '@sluice/protocol';
import { originOf } from '../auth/account.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';
import { signedIn } from './session.ts';

const tag = 'people';

export const accountLinkRoutes: Routes = (app, parts) => {
  const { access } = parts;
  app.post<{ Body: LinkRequest }>(
    '/api/v1/account-links/view',
    {
      config: { open: 'the token in the body admits', audit: false },
      schema: describe({ summary: 'For whom a link is', tag, body: LinkRequest, answer: LinkView }),
    },
    async (request, reply) => {
      parts.mustBeOwnPage(request);
      reply.header('cache-control', 'no-store');
      return access.people.linkView(request.body.token);
    },
  );

  app.post<{ Body: LinkAcceptance }>(
    '/api/v1/account-links/accept',
    {
      config: { open: 'the token in the body admits, once' },
      schema: describe({
        summary: 'Set the password by a link, and sign in',
        tag,
        body: LinkAcceptance,
        answer: SessionView,
      }),
    },
    async (request, reply) => {
      parts.mustBeOwnPage(request);
      const account = await access.people.accept(request.body);
      return signedIn(parts, request, reply, await access.admit(account, originOf(request)));
    },
  );
};
