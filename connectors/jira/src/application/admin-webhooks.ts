// Webhooks of a site, which only administrators may make. Jira signs each delivery with the secret of the webhook.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';
import { EVENTS, filterOf, parameters } from './events.ts';

const WEBHOOKS = '/rest/webhooks/1.0/webhook';

interface SiteWebhook {
  readonly url: string;
  readonly events: readonly string[];
  /** Address of the webhook; its id is the last part. */
  readonly self: string;
}

export const adminWebhooks: readonly Webhook[] = Object.entries(EVENTS).map(([name, label]) => ({
  name,
  label,
  parameters,
  verification: {
    kind: 'hmac',
    header: 'x-hub-signature',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    separator: '.',
  },
  deliveryIdHeader: 'x-atlassian-webhook-identifier',
  async subscribe({ url, secret, parameters: { jql } }, context) {
    const filters = { 'issue-related-events-section': await filterOf(jql, context) };
    const json = { name: `Sluice: ${label}`, url, events: [name], filters, excludeBody: false, secret };
    return { reference: referenceOf((await context.api.send(WEBHOOKS, { json })).json<SiteWebhook>()) };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(WEBHOOKS + path`/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  list: (context) => webhooksOf(name, context),
}));

async function webhooksOf(name: string, { api }: ApplicationContext) {
  const all = (await api.send(WEBHOOKS)).json<SiteWebhook[]>();
  return all
    .filter(({ events }) => events.includes(name))
    .map((webhook) => ({ reference: referenceOf(webhook), url: webhook.url }));
}

const referenceOf = ({ self }: SiteWebhook) => ({ webhook: self.split('/').at(-1)! });
