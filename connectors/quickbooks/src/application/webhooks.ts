// Notifications. QuickBooks calls one address for each app, which a person sets in the developer portal: there is no request that does
// it. A notification names what changed, of any company that is connected to the app, without giving it.

import type { Webhook } from '@sluice/sdk';

const description = `QuickBooks has no request that subscribes. After this, open your app in the Intuit developer portal, *Webhooks*, paste the
address of this subscription, choose what is reported, and fill in the verifier token that is shown there in the settings here.`;

export const webhooks: readonly Webhook[] = [
  {
    name: 'changes',
    label: 'Something changes in a company',
    description,
    verification: { kind: 'hmac', header: 'intuit-signature', algorithm: 'sha256', encoding: 'base64' },
    secretField: 'settings.verifierToken',
    async subscribe({ url }, context) {
      (await context.install()).text('settings', 'verifierToken');
      context.log.info('Paste the address of this subscription in the developer portal of Intuit, under Webhooks.', {
        forAdmin: true,
      });
      return { reference: { url } };
    },
    /** The person removes the address in the portal; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
