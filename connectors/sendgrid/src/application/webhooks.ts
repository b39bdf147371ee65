// What becomes of each e-mail. SendGrid can sign by a key pair of its own, which is not checked: the secret in the address, which nobody else is told,
// proves a delivery.

import { path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly [event: string]: unknown;
}

const SETTINGS = '/user/webhooks/event/settings';
const EVENTS = [
  'processed',
  'dropped',
  'delivered',
  'deferred',
  'bounce',
  'open',
  'click',
  'spam_report',
  'unsubscribe',
  'group_unsubscribe',
  'group_resubscribe',
] as const;

const event = (name: (typeof EVENTS)[number], label: string): Webhook => ({
  name,
  label,
  description: 'SendGrid delivers several events at once, as a list.',
  async subscribe({ url }, { api }) {
    const json = {
      enabled: true,
      url,
      friendly_name: `Sluice: ${label}`,
      ...Object.fromEntries(EVENTS.map((one) => [one, one === name])),
    };
    const { id } = (await api.send(SETTINGS, { json })).json<Hook>();
    return { reference: { webhook: id } };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: string };
    await api.send(SETTINGS + path`/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list({ api }) {
    const { webhooks: found } = (await api.send(`${SETTINGS}/all`)).json<{ webhooks: readonly Hook[] }>();
    return found.filter((hook) => hook[name] === true).map(({ id, url }) => ({ reference: { webhook: id }, url }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('delivered', 'An e-mail is delivered'),
  event('bounce', 'An e-mail comes back'),
  event('dropped', 'An e-mail is not sent'),
  event('open', 'An e-mail is opened'),
  event('click', 'A link is clicked'),
  event('spam_report', 'An e-mail is called spam'),
  event('unsubscribe', 'Somebody unsubscribes'),
];
