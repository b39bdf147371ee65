// Events. Subscriptions belong to the app, and only its developer account can make them: a person sets the address there.

import type { Webhook } from '@sluice/sdk';

const description = `HubSpot has no request by which an account subscribes. After this, open your app (*Webhooks*), set the address of this
subscription as target URL, and choose events there. Deliveries are lists of up to 100 events.

HubSpot's signature covers the address as it sees it, so a delivery is told from a forged one by the secret in the address: keep it to yourself.`;

export const webhooks: readonly Webhook[] = [
  {
    name: 'events',
    label: 'Records change',
    description,
    verification: { kind: 'address' },
    async subscribe({ url }, { log }) {
      log.info('Set the address of this subscription as target URL of the HubSpot app.', { forAdmin: true });
      return { reference: { url } };
    },
    /** The person removes the address in the app; until then its deliveries find nobody. */
    async unsubscribe() {},
  },
];
