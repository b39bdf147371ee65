// Webhooks of the audience of the settings. Mailchimp signs nothing: the secret in the address, which nobody else is told, proves a delivery.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly events: Readonly<Record<string, boolean>>;
}

const EVENTS = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail', 'campaign'] as const;
const hooksOf = async (context: ApplicationContext): Promise<string> =>
  path`/lists/${(await context.install()).text('settings', 'audience')}/webhooks`;

const event = (name: (typeof EVENTS)[number], label: string): Webhook => ({
  name,
  label,
  description: 'A delivery is a form: `type`, `fired_at` and members such as `data[email]`.',
  async subscribe({ url }, context) {
    const events = Object.fromEntries(EVENTS.map((one) => [one, one === name]));
    const json = { url, events, sources: { user: true, admin: true, api: true } };
    const { id } = (await context.api.send(await hooksOf(context), { json })).json<Hook>();
    return { reference: { webhook: id } };
  },
  async unsubscribe(reference, context) {
    const { webhook } = reference as { webhook: string };
    const hook = (await hooksOf(context)) + path`/${webhook}`;
    await context.api.send(hook, { method: 'DELETE', rules: { '404': 'ok' } });
  },
  async list(context) {
    const { webhooks: found } = (await context.api.send(await hooksOf(context))).json<{ webhooks: readonly Hook[] }>();
    return found.filter(({ events }) => events[name]).map(({ id, url }) => ({ reference: { webhook: id }, url }));
  },
});

export const webhooks: readonly Webhook[] = [
  event('subscribe', 'Somebody subscribes'),
  event('unsubscribe', 'Somebody unsubscribes'),
  event('profile', 'A member changes'),
  event('cleaned', 'An address is found dead'),
  event('upemail', 'A member changes the address'),
  event('campaign', 'A campaign is sent or cancelled'),
];
