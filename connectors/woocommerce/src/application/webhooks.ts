// Webhooks of a shop. Each is signed with a secret of its own.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: number;
  readonly topic: string;
  readonly delivery_url: string;
}

const ACTIONS = { created: 'is new', updated: 'changes', deleted: 'is deleted', restored: 'comes back from the trash' };
const OBJECTS = { order: 'An order', product: 'A product', customer: 'A customer', coupon: 'A coupon' };

const event = (topic: string, label: string): Webhook => ({
  name: topic,
  label,
  verification: { kind: 'hmac', header: 'x-wc-webhook-signature', algorithm: 'sha256', encoding: 'base64' },
  deliveryIdHeader: 'x-wc-webhook-delivery-id',
  async subscribe({ url, secret }, { api }) {
    const json = { name: `Sluice: ${label}`, topic, delivery_url: url, secret, status: 'active' };
    return { reference: { webhook: (await api.send('/webhooks', { json })).json<Hook>().id } };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: number };
    const query = { force: true };
    await api.send(path`/webhooks/${webhook}`, { method: 'DELETE', query, rules: { '404': 'ok', '410': 'ok' } });
  },
  list: (context) => webhooksOf(topic, context),
});

async function webhooksOf(topic: string, { api }: ApplicationContext) {
  const hooks = (await api.send('/webhooks', { query: { per_page: 100 } })).json<readonly Hook[]>();
  return hooks
    .filter((hook) => hook.topic === topic)
    .map(({ id, delivery_url }) => ({ reference: { webhook: id }, url: delivery_url }));
}

/** Customers have no trash. */
export const webhooks: readonly Webhook[] = Object.entries(OBJECTS).flatMap(([object, what]) =>
  Object.entries(ACTIONS)
    .filter(([action]) => object !== 'customer' || action !== 'restored')
    .map(([action, happens]) => event(`${object}.${action}`, `${what} ${happens}`)),
);
