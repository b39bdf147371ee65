// Authorising an application: begin, come back from the provider, withdraw.

import { CALLBACK_PATH } from '@sluice/integration';
import { AuthorizeAnswer, AuthorizeRequest, InstallView, OfWorker } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import { answerReturn } from './page.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
  Querystring: OfWorker;
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'applications';
const write = { scope: 'application:write' } as const;

export const authorisationRoutes: Routes = (app, { integration: { hosts, installs, authorisation } }) => {
  app.post<Of & { Body: AuthorizeRequest | undefined }>(
    `${INSTALL}/authorize`,
    {
      config: write,
      schema: describe({
        summary: 'Begin to authorise: an address to agree at, or a code to enter elsewhere',
        tag,
        query: OfWorker,
        answer: AuthorizeAnswer,
      }),
    },
    async ({ params: { key, user }, query, body }) =>
      hosts.of(key, query.worker).authorize(key, user, AuthorizeRequest.parse(body ?? {}).returnTo ?? null),
  );

  app.delete<Of>(
    `${INSTALL}/authorization`,
    {
      config: write,
      schema: describe({ summary: 'Give the token back to the provider, and forget it', tag, answer: InstallView }),
    },
    async ({ params: { key, user } }) => installs.withdraw(key, user),
  );

  app.get<{ Querystring: Record<string, unknown> }>(
    CALLBACK_PATH,
    {
      // Whoever only looks must not use up the state.
      exposeHeadRoute: false,
      config: { open: 'a browser comes back from a provider; what it may do is decided by a state that is good once' },
      schema: describe({ summary: 'Where providers send people back to', tag }),
    },
    async ({ query }, reply) => answerReturn(reply, await authorisation.returned(query)),
  );
};
