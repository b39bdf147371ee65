// Webhooks of one team, or of all public ones. Linear signs with the secret that it is given.

import { type ApplicationContext, field, form, type Webhook } from '@sluice/sdk';

interface Hook {
  readonly id: string;
  readonly url: string | null;
  readonly resourceTypes: readonly string[];
}

const CREATE = 'mutation($input: WebhookCreateInput!) { webhookCreate(input: $input) { webhook { id } } }';
const DELETE = 'mutation($id: String!) { webhookDelete(id: $id) { success } }';
const LIST = '{ webhooks(first: 250) { nodes { id url resourceTypes } } }';

const ask = async <T>({ api }: ApplicationContext, query: string, variables?: object): Promise<T> => {
  const json = { query, ...(variables && { variables }) };
  return (await api.send('/graphql', { json })).json<{ data: T }>().data;
};

const parameters = form('of', 'Of what', [
  field.text('teamId', 'Team', { description: 'Id; default: all public teams.' }),
]);

const event = (type: string, label: string): Webhook => ({
  name: type,
  label,
  description: 'What happened stands in `action`: create, update or remove.',
  parameters,
  verification: { kind: 'hmac', header: 'linear-signature' },
  deliveryIdHeader: 'linear-delivery',
  async subscribe({ url, secret, parameters: { teamId } }, context) {
    const input = {
      url,
      secret,
      resourceTypes: [type],
      label: 'Sluice',
      ...(teamId ? { teamId } : { allPublicTeams: true }),
    };
    const { webhookCreate } = await ask<{ webhookCreate: { webhook: Hook } }>(context, CREATE, { input });
    return { reference: { webhook: webhookCreate.webhook.id } };
  },
  async unsubscribe(reference, context) {
    const { webhook: id } = reference as { webhook: string };
    const known = await hooks(context);
    if (known.some((hook) => hook.id === id)) await ask(context, DELETE, { id });
  },
  list: async (context) =>
    (await hooks(context))
      .filter(({ resourceTypes }) => resourceTypes.includes(type))
      .map(({ id, url }) => ({ reference: { webhook: id }, url: url ?? '' })),
});

const hooks = async (context: ApplicationContext): Promise<readonly Hook[]> =>
  (await ask<{ webhooks: { nodes: readonly Hook[] } }>(context, LIST)).webhooks.nodes;

export const webhooks: readonly Webhook[] = [
  event('Issue', 'An issue is made, changed or removed'),
  event('Comment', 'A comment is made, changed or removed'),
  event('Project', 'A project is made, changed or removed'),
];
