// Notifications. Xero calls one address for each app, which a person sets in the developer portal, and first asks it with right and wrong
// signatures. A notification names what changed without giving it.

import type { Webhook } from '@sluice/sdk';

const description = `Xero has no request that subscribes. After this, open your app in the Xero developer portal, *Webhooks*, choose contacts and
invoices, paste the address of this subscription, and fill in the webhooks key that is shown there in the settings here. Then let Xero
send its *intent to receive*.`;

export const webhooks: readonly Webhook[] = [
  {
    name: 'changes',
    label: 'A contact or an invoice is new or changes',
    description,
    verification: { kind: 'hmac', header: 'x-xero-signature', algorithm: 'sha256', encoding: 'base64' },
    secretField: 'settings.webhookKey',
    async subscribe({ url }, context) {
      (await context.install()).text('settings', 'webhookKey');
      context.log.info('Paste the address of this subscription in the developer portal of Xero, under Webhooks.', {
        forAdmin: true,
      });
      return { reference: { url } };
    },
    /** The person removes the address in the portal; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
