// Webhooks, version 2. Pipedrive signs nothing; it proves itself by HTTP Basic with the secret as password.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

const WEBHOOKS = '/api/v1/webhooks';
const USER = 'sluice';

interface Hook {
  readonly id: number;
  readonly subscription_url: string;
  readonly event_action: string;
  readonly event_object: string;
}

const ACTIONS = { create: 'is made', change: 'changes', delete: 'is deleted' };
const OBJECTS = { deal: 'A deal', person: 'A person', organization: 'An organization', activity: 'An activity' };

const event = (action: string, object: string, label: string): Webhook => ({
  name: `${action}.${object}`,
  label,
  verification: { kind: 'basic', user: USER },
  async subscribe({ url, secret }, { api }) {
    const json = {
      subscription_url: url,
      event_action: action,
      event_object: object,
      name: `Sluice: ${label}`,
      version: '2.0',
      http_auth_user: USER,
      http_auth_password: secret,
    };
    const { data } = (await api.send(WEBHOOKS, { json })).json<{ data: Hook }>();
    return { reference: { webhook: data.id } };
  },
  async unsubscribe(reference, { api }) {
    const { webhook } = reference as { webhook: number };
    await api.send(WEBHOOKS + path`/${webhook}`, { method: 'DELETE', rules: { '404': 'ok', '410': 'ok' } });
  },
  list: (context) => webhooksOf(action, object, context),
});

async function webhooksOf(action: string, object: string, { api }: ApplicationContext) {
  const { data } = (await api.send(WEBHOOKS)).json<{ data: readonly Hook[] | null }>();
  return (data ?? [])
    .filter(({ event_action, event_object }) => event_action === action && event_object === object)
    .map(({ id, subscription_url }) => ({ reference: { webhook: id }, url: subscription_url }));
}

export const webhooks: readonly Webhook[] = Object.entries(OBJECTS).flatMap(([object, what]) =>
  Object.entries(ACTIONS).map(([action, happens]) => event(action, object, `${what} ${happens}`)),
);
