// Events. Slack sends all events of an app to one address, which a person sets in the settings of the app: there is no request
// that does it for them.

import type { Webhook } from '@sluice/sdk';

const description = `Slack has no request that subscribes. After this, open your app at https://api.slack.com/apps, *Event Subscriptions*,
switch events on, paste the address of this subscription as *Request URL*, and choose events under *Subscribe to bot events*.
The signing secret of the app (*Basic Information*) must stand in the settings here.`;

export const webhooks: readonly Webhook[] = [
  {
    name: 'event',
    label: 'Something happens in the workspace',
    description,
    verification: { kind: 'slack' },
    handshake: 'slack',
    secretField: 'settings.signingSecret',
    async subscribe({ url }, context) {
      (await context.install()).text('settings', 'signingSecret');
      context.log.info('Paste the address of this subscription as Request URL of the Slack app.', { forAdmin: true });
      return { reference: { url } };
    },
    /** The person removes the address in the app; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
