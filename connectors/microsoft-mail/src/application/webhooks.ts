// Change notifications. Graph asks the address at once whether it is ours, calls it for less than seven days, and names the
// message without giving it. Every notification repeats the secret in the body.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';

/** Messages may be watched for 10 080 minutes; a day less leaves time to subscribe anew. */
const LIFETIME_MS = 6 * 86_400_000;

const EVENTS: Readonly<Record<string, string>> = {
  created: 'A message comes, or is put into the folder',
  updated: 'A message changes, such as when it is read',
  deleted: 'A message is deleted, or leaves the folder',
};

const parameters = form('parameters', 'Which messages', [
  field.text('folder', 'Folder', {
    placeholder: 'inbox',
    description:
      'Id of the folder, or a name such as inbox or sentitems; default: the one of the settings, else the inbox.',
  }),
]);

interface GraphSubscription {
  readonly id: string;
  readonly expirationDateTime: string;
}

/** @param mailbox  how Graph names it in a resource: `me`, or `users/ann@acme.example` */
export function webhooksOf(mailbox: (context: ApplicationContext) => Promise<string>): readonly Webhook[] {
  return Object.entries(EVENTS).map(([changeType, label]) => ({
    name: `message.${changeType}`,
    label,
    parameters,
    verification: { kind: 'microsoft-graph' },
    handshake: 'microsoft-graph',
    async subscribe({ url, secret, parameters: { folder } }, context) {
      const name = String(folder || (await folderOf(undefined, context)));
      const json = {
        changeType,
        notificationUrl: url,
        resource: `${await mailbox(context)}/mailFolders('${name.replaceAll("'", "''")}')/messages`,
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
  }));
}

/** The folder a message names, else that of the install, else the inbox. */
export async function folderOf(named: string | undefined, context: ApplicationContext): Promise<string> {
  return named ?? (await context.install()).value<string>('settings', 'folder') ?? 'inbox';
}
