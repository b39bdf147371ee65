// Change notifications. Graph asks the address at once whether it is ours and names the message without giving it. Beyond an hour it
// wants an address for news of the subscription as well, so each is made anew within the hour. Every notification repeats the secret.

import { type ApplicationContext, Fail, field, form, path, type Webhook } from '@sluice/sdk';

const LIFETIME_MS = 55 * 60_000;

interface GraphSubscription {
  readonly id: string;
  readonly expirationDateTime: string;
}

type Parameters = Readonly<Record<string, unknown>>;

const inChannel = form('parameters', 'Which channel', [
  field.text('team', 'Team', { description: 'Its id; default: that of the settings.' }),
  field.text('channel', 'Channel', { required: true, placeholder: '19:…@thread.tacv2', description: 'Its id.' }),
]);
const inChat = form('parameters', 'Which chat', [
  field.text('chat', 'Chat', { required: true, placeholder: '19:…@thread.v2', description: 'Its id.' }),
]);

async function ofChannel({ team, channel }: Parameters, context: ApplicationContext): Promise<string> {
  const id = team || (await context.install()).value('settings', 'team');
  if (!id)
    throw new Fail('No team is named: give "team", or choose one in the settings.', { code: 'step.input_invalid' });
  return path`/teams/${String(id)}/channels/${String(channel)}/messages`;
}

const ofChat = async ({ chat }: Parameters) => path`/chats/${String(chat)}/messages`;

const event = (
  name: string,
  label: string,
  parameters: Webhook['parameters'] & object,
  changeType: string,
  resourceOf: (parameters: Parameters, context: ApplicationContext) => Promise<string>,
): Webhook => ({
  name,
  label,
  parameters,
  verification: { kind: 'microsoft-graph' },
  handshake: 'microsoft-graph',
  async subscribe({ url, secret, parameters: given }, context) {
    const json = {
      changeType,
      notificationUrl: url,
      resource: await resourceOf(given, context),
      expirationDateTime: new Date(context.now() + LIFETIME_MS).toISOString(),
      clientState: secret.slice(0, 128),
    };
    const subscription = (await context.api.send('/subscriptions', { json })).json<GraphSubscription>();
    const expiresAt = Date.parse(subscription.expirationDateTime);
    return { reference: { subscription: subscription.id }, ...(Number.isNaN(expiresAt) ? {} : { expiresAt }) };
  },
  async unsubscribe(reference, { api }) {
    const { subscription } = reference as { subscription: string };
    await api.send(path`/subscriptions/${subscription}`, { method: 'DELETE', rules: { '404': 'ok' } });
  },
});

export const webhooks: readonly Webhook[] = [
  event('channel-message.created', 'A message comes in a channel', inChannel, 'created', ofChannel),
  event('channel-message.updated', 'A message of a channel changes', inChannel, 'updated', ofChannel),
  event('chat-message.created', 'A message comes in a chat', inChat, 'created', ofChat),
  event('chat-message.updated', 'A message of a chat changes', inChat, 'updated', ofChat),
];
