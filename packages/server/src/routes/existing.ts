// What applications of existing workers have beside all others: the way to their provider and back, and their webhooks.

import {
  AuthorizeAnswer,
  AuthorizeRequest,
  ExistingWebhookRequest,
  InstallView,
  OfWorker,
  SluiceError,
} from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
  Querystring: OfWorker;
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'applications';

export const existingRoutes: Routes = (app, { integration: { hosts, existing } }) => {
  const write = { scope: 'application:write' } as const;

  app.post<Of & { Body: AuthorizeRequest | undefined }>(
    `${INSTALL}/authorize`,
    {
      config: write,
      schema: describe({
        summary: 'Begin to authorise at the provider',
        tag,
        query: OfWorker,
        answer: AuthorizeAnswer,
      }),
    },
    async ({ params: { key, user }, query, body }) => {
      const { returnTo = null } = AuthorizeRequest.parse(body ?? {});
      const host = hosts.of(key, query.worker);
      if (!host.authorize) throw new SluiceError('existing.nothing_to_authorise', { application: key });
      return host.authorize(key, user, returnTo);
    },
  );

  app.get<{ Querystring: Record<string, unknown> }>(
    '/api/applications/authorize/token',
    {
      config: { open: 'a provider sends a person here; what it brings is good once, and only after authorize' },
      schema: describe({ summary: 'Where providers of existing workers send people back', tag: 'existing workers' }),
    },
    async ({ query }, reply) => {
      const { application, problem, returnTo } = await existing.returned(query);
      reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
      if (returnTo !== null && problem === null) return reply.redirect(returnTo, 303);
      // Text, not a page: some of it was said by others.
      return reply
        .code(problem === null ? 200 : 422)
        .type('text/plain; charset=utf-8')
        .header('x-content-type-options', 'nosniff')
        .send(
          problem === null
            ? `"${application}" is authorised. You can close this window.\n`
            : `"${application}" was not authorised. ${problem}\n`,
        );
    },
  );

  for (const act of ['subscribe', 'unsubscribe'] as const)
    app.post<Of & { Params: { webhook: string }; Body: ExistingWebhookRequest }>(
      `${INSTALL}/webhooks/:webhook/${act}`,
      {
        config: write,
        schema: describe({
          summary: `${act} a webhook of an existing worker for a topology`,
          tag: 'existing workers',
          query: OfWorker,
          body: ExistingWebhookRequest,
          answer: InstallView,
        }),
      },
      async ({ params: { key, user, webhook }, query, body }) => {
        const place = hosts.existing(key, query.worker);
        if (!place)
          throw new SluiceError('application.no_such_part', {
            application: key,
            part: 'webhook',
            name: webhook,
            known: [],
          });
        const host = hosts.of(key, query.worker);
        const { webhooks = [] } = await host.view(key, user);
        const known = webhooks.map(({ name }) => name);
        if (!known.includes(webhook))
          throw new SluiceError('application.no_such_part', {
            application: key,
            part: 'webhook',
            name: webhook,
            known,
          });
        await existing.webhooks[act](place, user, webhook, body.topology);
        return host.view(key, user);
      },
    );
};
