// Events. Intercom sends all topics of an app to one address, which a person sets in the Developer Hub: there is no request that does it for them.

import type { Webhook } from '@sluice/sdk';

export const webhooks: readonly Webhook[] = [
  {
    name: 'notification',
    label: 'Something happens in the workspace',
    description: `Intercom has no request that subscribes. After this, open your app in the Developer Hub, *Webhooks*, paste the address of this
subscription as endpoint, and choose topics such as \`conversation.user.created\`. The client secret of the app must stand in the settings here.`,
    verification: { kind: 'hmac', header: 'x-hub-signature', algorithm: 'sha1', prefix: 'sha1=' },
    secretField: 'settings.clientSecret',
    async subscribe({ url }, context) {
      (await context.install()).text('settings', 'clientSecret');
      context.log.info('Paste the address of this subscription as endpoint of the Intercom app.', { forAdmin: true });
      return { reference: { url } };
    },
    /** The person removes the address in the app; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
