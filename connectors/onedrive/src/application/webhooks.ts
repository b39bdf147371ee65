// Change notifications of a drive. Graph asks the address at once whether it is ours, and says that something changed; what it was is
// read by `list-changes`. Every notification repeats the secret in the body.

import { type ApplicationContext, path, type Webhook } from '@sluice/sdk';

/** At most 42 300 minutes; a day less leaves time to subscribe anew. */
const LIFETIME_MS = 28 * 86_400_000;

interface GraphSubscription {
  readonly id: string;
  readonly expirationDateTime: string;
}

/** @param drive  how Graph names it in a resource */
export const webhooksOf = (drive: (context: ApplicationContext) => Promise<string>): readonly Webhook[] => [
  {
    name: 'changes',
    label: 'Something changes in the drive',
    description: 'A file or folder is new, changes, moves or is deleted. Read what it was with list-changes.',
    verification: { kind: 'microsoft-graph' },
    handshake: 'microsoft-graph',
    async subscribe({ url, secret }, context) {
      const json = {
        changeType: 'updated',
        notificationUrl: url,
        resource: `${await drive(context)}/root`,
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
  },
];
