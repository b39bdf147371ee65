// Webhooks of the account. Zendesk makes the secret that it signs with; it is asked for after the webhook is made.

import { path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly endpoint: string;
  readonly subscriptions: readonly string[];
}

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  verification: { kind: 'zendesk' },
  async subscribe({ url }, { api }) {
    const webhook = {
      name: `Sluice: ${label}`,
      status: 'active',
      endpoint: url,
      http_method: 'POST',
      request_format: 'json',
      subscriptions: [`zen:event-type:${name}`],
    };
    const made = (await api.send('/webhooks', { json: { webhook } })).json<{ webhook: Hook }>();
    const { id } = made.webhook;
    const answer = await api.send(path`/webhooks/${id}/signing_secret`);
    const { secret } = answer.json<{ signing_secret: { secret: string } }>().signing_secret;
    return { reference: { webhook: id }, secret };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(path`/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list({ api }) {
    const { webhooks: found } = (await api.send('/webhooks', { query: { 'page[size]': 100 } })).json<{
      webhooks: readonly Hook[];
    }>();
    return found
      .filter(({ subscriptions }) => subscriptions.includes(`zen:event-type:${name}`))
      .map(({ id, endpoint }) => ({ reference: { webhook: id }, url: endpoint }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('ticket.created', 'A ticket is made'),
  event('ticket.status_changed', 'The status of a ticket changes'),
  event('ticket.comment_added', 'A ticket is commented on'),
  event('user.created', 'A user is made'),
  event('organization.created', 'An organization is made'),
];
