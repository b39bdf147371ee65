// What a bot is told. It has one address for all of it; Telegram sends the secret back with each delivery.

import type { Webhook } from '@sluice/sdk';
import { field, form } from '@sluice/sdk';

interface Info {
  readonly result: { readonly url: string };
}

export const webhooks: readonly Webhook[] = [
  {
    name: 'update',
    label: 'The bot is told something',
    description:
      'A bot has one address: this one takes the place of another that is there. What kind of update it is says the member beside `update_id`.',
    parameters: form('of', 'Of what', [
      field.text('allowed_updates', 'Kinds', {
        placeholder: 'message, callback_query',
        description: 'With commas between them; default: all but reactions and changes of members.',
      }),
    ]),
    verification: { kind: 'token', in: 'header', name: 'X-Telegram-Bot-Api-Secret-Token' },
    async subscribe({ url, secret, parameters: { allowed_updates: kinds } }, { api }) {
      const wanted = String(kinds ?? '')
        .split(',')
        .map((kind) => kind.trim())
        .filter(Boolean);
      await api.send('/setWebhook', { json: { url, secret_token: secret, allowed_updates: wanted } });
      return { reference: { url } };
    },
    /** Only while it leads here: somebody may have given the bot another address since. */
    async unsubscribe(reference, { api }) {
      const { url } = reference as { url: string };
      const { result } = (await api.send('/getWebhookInfo')).json<Info>();
      if (result.url === url) await api.send('/deleteWebhook', { method: 'POST' });
    },
    async list({ api }) {
      const { url } = (await api.send('/getWebhookInfo')).json<Info>().result;
      return url ? [{ reference: { url }, url }] : [];
    },
  },
];
