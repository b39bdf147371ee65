// What applications of existing workers have beside all others: their way back from the provider, and their webhooks.

import { ExistingWebhookRequest, InstallView, OfWorker, SluiceError } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import { answerReturn } from './page.ts';
import type { Routes } from './parts.ts';

interface Of {
  Params: { key: string; user: string };
  Querystring: OfWorker;
}
const INSTALL = '/api/v1/applications/:key/installs/:user';
const tag = 'existing workers';

export const existingRoutes: Routes = (app, { integration: { hosts, existing } }) => {
  const write = { scope: 'application:write' } as const;

  app.get<{ Querystring: Record<string, unknown> }>(
    '/api/applications/authorize/token',
    {
      config: { open: 'a browser comes back from a provider; what it may do is decided by a state that is good once' },
      schema: describe({ summary: 'Where providers of existing workers send people back to', tag }),
    },
    async ({ query }, reply) => answerReturn(reply, await existing.returned(query)),
  );

  for (const act of ['subscribe', 'unsubscribe'] as const)
    app.post<Of & { Params: { webhook: string }; Body: ExistingWebhookRequest }>(
      `${INSTALL}/webhooks/:webhook/${act}`,
      {
        config: write,
        schema: describe({
          summary: `${act} a webhook of an existing worker for a topology`,
          tag,
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
