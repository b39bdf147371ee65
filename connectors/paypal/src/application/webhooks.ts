// Webhooks of an app. PayPal signs with a certificate that it names in each delivery, which is no proof without asking it again; so the
// address alone is secret, and a process that acts on money should read what it was told of.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly event_types: readonly { readonly name: string }[];
}

const EVENTS: Readonly<Record<string, string>> = {
  'CHECKOUT.ORDER.APPROVED': 'A payer approves an order',
  'CHECKOUT.ORDER.COMPLETED': 'An order is completed',
  'PAYMENT.CAPTURE.COMPLETED': 'A payment is taken',
  'PAYMENT.CAPTURE.DENIED': 'A payment is denied',
  'PAYMENT.CAPTURE.PENDING': 'A payment is pending',
  'PAYMENT.CAPTURE.REFUNDED': 'A payment is given back',
  'PAYMENT.AUTHORIZATION.CREATED': 'A payment is authorised',
  'PAYMENT.AUTHORIZATION.VOIDED': 'An authorised payment is let go',
  'INVOICING.INVOICE.PAID': 'An invoice is paid',
  'INVOICING.INVOICE.CANCELLED': 'An invoice is cancelled',
  'BILLING.SUBSCRIPTION.ACTIVATED': 'A subscription begins',
  'BILLING.SUBSCRIPTION.CANCELLED': 'A subscription is cancelled',
  'BILLING.SUBSCRIPTION.SUSPENDED': 'A subscription is suspended',
  'BILLING.SUBSCRIPTION.PAYMENT.FAILED': 'A payment of a subscription fails',
  'PAYMENT.PAYOUTSBATCH.SUCCESS': 'A payout is done',
  'CUSTOMER.DISPUTE.CREATED': 'A dispute is opened',
  'CUSTOMER.DISPUTE.RESOLVED': 'A dispute is resolved',
};

const event = (name: string, label: string): Webhook => ({
  name,
  label,
  verification: { kind: 'address' },
  async subscribe({ url }, { api }) {
    const json = { url, event_types: [{ name }] };
    return { reference: { webhook: (await api.send('/v1/notifications/webhooks', { json })).json<Hook>().id } };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(path`/v1/notifications/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  list: (context) => webhooksOf(name, context),
});

async function webhooksOf(name: string, { api }: ApplicationContext) {
  const { webhooks: all } = (await api.send('/v1/notifications/webhooks')).json<{ webhooks: readonly Hook[] }>();
  return all
    .filter(({ event_types: events }) => events.some((one) => one.name === name))
    .map(({ id, url }) => ({ reference: { webhook: id }, url }));
}

export const webhooks: readonly Webhook[] = Object.entries(EVENTS).map(([name, label]) => event(name, label));
