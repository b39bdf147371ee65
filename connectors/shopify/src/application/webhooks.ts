// Webhook subscriptions of a shop. Shopify signs all with the secret of the app.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Subscribed {
  readonly id: number;
  readonly topic: string;
  readonly address: string;
}

const TOPICS: Readonly<Record<string, string>> = {
  'orders/create': 'An order is placed',
  'orders/updated': 'An order changes',
  'orders/paid': 'An order is paid',
  'orders/cancelled': 'An order is cancelled',
  'orders/fulfilled': 'An order is fulfilled',
  'products/create': 'A product is new',
  'products/update': 'A product changes',
  'products/delete': 'A product is deleted',
  'customers/create': 'A customer is new',
  'customers/update': 'A customer changes',
  'inventory_levels/update': 'The stock changes',
  'refunds/create': 'A refund is made',
  'app/uninstalled': 'The app is removed from the shop',
};

/** @param secretField  where the secret of the app stands */
export const webhooks = (secretField: string): readonly Webhook[] =>
  Object.entries(TOPICS).map(([topic, label]) => ({
    name: topic,
    label,
    verification: { kind: 'shopify' },
    deliveryIdHeader: 'x-shopify-webhook-id',
    secretField,
    async subscribe({ url }, { api }) {
      const json = { webhook: { topic, address: url, format: 'json' } };
      const { webhook } = (await api.send('/webhooks.json', { json })).json<{ webhook: Subscribed }>();
      return { reference: { webhook: webhook.id } };
    },
    async unsubscribe(reference, { api }) {
      const { webhook } = reference as { webhook: number };
      await api.send(path`/webhooks/${webhook}.json`, { method: 'DELETE', rules: { '404': 'ok' } });
    },
    list: (context) => subscribed(topic, context),
  }));

/** A shop takes one subscription of a topic for each address: more than one page of them is nothing that happens. */
async function subscribed(topic: string, { api }: ApplicationContext) {
  const { webhooks: found } = (await api.send('/webhooks.json', { query: { topic, limit: 250 } })).json<{
    webhooks: Subscribed[];
  }>();
  return found.map(({ id, address }) => ({ reference: { webhook: id }, url: address }));
}
