// The webhook of a board, list, card or member. Trello signs the address with the body, by the secret of the app: what proves a delivery here is
// the secret in the address, which nobody else is told.

import { field, form, path, type Webhook } from '@sluice/sdk';

export const webhooks: readonly Webhook[] = [
  {
    name: 'action',
    label: 'Something happens on a board, list or card',
    description: 'What happened stands in `action.type`, such as `createCard` or `commentCard`.',
    parameters: form('of', 'Of what', [
      field.text('idModel', 'Model', { required: true, description: 'Id of the board, list, card or member.' }),
    ]),
    async subscribe({ url, parameters: { idModel } }, { api }) {
      const json = { callbackURL: url, idModel, description: 'Sluice' };
      const { id } = (await api.send('/webhooks/', { json })).json<{ id: string }>();
      return { reference: { webhook: id } };
    },
    async unsubscribe(reference, { api }) {
      const { webhook } = reference as { webhook: string };
      await api.send(path`/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
    },
  },
];
