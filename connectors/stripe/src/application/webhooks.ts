// Webhook endpoints. Stripe makes the secret that it signs with, and tells it once, when the endpoint is made.

import { path, type Webhook } from '@sluice/sdk';
import { FORM, formBody } from './form-body.ts';
import { API_VERSION } from './version.ts';

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly enabled_events: readonly string[];
  readonly secret?: string;
}

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  verification: { kind: 'stripe' },
  async subscribe({ url }, { api }) {
    const body = formBody({ url, enabled_events: [name], api_version: API_VERSION });
    const made = (await api.send('/webhook_endpoints', { method: 'POST', headers: FORM, body })).json<Endpoint>();
    return { reference: { endpoint: made.id }, ...(made.secret && { secret: made.secret }) };
  },
  async unsubscribe(reference, { api }) {
    const { endpoint } = reference as { endpoint: string };
    await api.send(path`/webhook_endpoints/${endpoint}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list({ api }) {
    const found: Endpoint[] = [];
    for (let after: string | undefined, more = true; more; after = found.at(-1)?.id) {
      const query = { limit: 100, starting_after: after };
      const page = (await api.send('/webhook_endpoints', { query })).json<{ data: Endpoint[]; has_more: boolean }>();
      found.push(...page.data);
      more = page.has_more && page.data.length > 0;
    }
    return found
      .filter(({ enabled_events }) => enabled_events.includes(name))
      .map(({ id, url }) => ({ reference: { endpoint: id }, url }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('checkout.session.completed', 'A checkout is completed'),
  event('payment_intent.succeeded', 'A payment succeeds'),
  event('payment_intent.payment_failed', 'A payment fails'),
  event('charge.refunded', 'A payment is refunded'),
  event('charge.dispute.created', 'A payment is disputed'),
  event('customer.created', 'A customer is new'),
  event('customer.updated', 'A customer changes'),
  event('customer.deleted', 'A customer is deleted'),
  event('customer.subscription.created', 'A subscription begins'),
  event('customer.subscription.updated', 'A subscription changes'),
  event('customer.subscription.deleted', 'A subscription ends'),
  event('invoice.paid', 'An invoice is paid'),
  event('invoice.payment_failed', 'An invoice cannot be collected'),
];
