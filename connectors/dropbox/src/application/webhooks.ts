// Notifications. Dropbox calls one address for each app, which a person sets in the App Console: there is no request that does it.
// A notification says whose files changed; what it was is read by `list-folder` with the cursor of the time before.

import type { Webhook } from '@sluice/sdk';

const description = `Dropbox has no request that subscribes. After this, open your app in the App Console
(https://www.dropbox.com/developers/apps) and add the address of this subscription under *Webhooks*; Dropbox asks it at once.`;

export const webhooks: readonly Webhook[] = [
  {
    name: 'changes',
    label: 'Something changes in the Dropbox',
    description,
    verification: { kind: 'hmac', header: 'x-dropbox-signature', algorithm: 'sha256', encoding: 'hex' },
    handshake: 'challenge',
    secretField: 'credentials.clientSecret',
    async subscribe({ url }, context) {
      context.log.info('Add the address of this subscription in the App Console of Dropbox, under Webhooks.', {
        forAdmin: true,
      });
      return { reference: { url } };
    },
    /** The person removes the address in the App Console; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
