// Webhooks that an OAuth integration makes for itself. Jira ends them after thirty days, and proves deliveries by a JWT that
// is signed with the client secret, which is not checked here: the address is the secret.

import { Fail, type Webhook } from '@sluice/sdk';
import { EVENTS, filterOf, parameters } from './events.ts';

const LIFETIME_MS = 30 * 86_400_000;

interface Registered {
  readonly webhookRegistrationResult: readonly {
    readonly createdWebhookId?: number;
    readonly errors?: readonly string[];
  }[];
}

export const dynamicWebhooks: readonly Webhook[] = Object.entries(EVENTS).map(([name, label]) => ({
  name,
  label,
  parameters,
  verification: { kind: 'address' },
  deliveryIdHeader: 'x-atlassian-webhook-identifier',
  async subscribe({ url, parameters: { jql } }, context) {
    const json = { url, webhooks: [{ events: [name], jqlFilter: await filterOf(jql, context) }] };
    const response = await context.api.send('/rest/api/3/webhook', { json });
    const [{ createdWebhookId, errors = [] } = {}] = response.json<Registered>().webhookRegistrationResult;
    // A filter that cannot be is answered with 200.
    if (createdWebhookId === undefined)
      throw new Fail(`Jira does not make this webhook: ${errors.join('; ')}`, { code: 'jira.invalid' });
    return { reference: { webhook: createdWebhookId }, expiresAt: context.now() + LIFETIME_MS };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: number };
    // Ids that are gone are passed over by Jira; 404 comes when the site is.
    await api.send('/rest/api/3/webhook', {
      method: 'DELETE',
      json: { webhookIds: [webhook] },
      rules: { '404': 'ok' },
    });
  },
}));
