// NATS, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Nats } from './application.ts';
import { PublishMessage } from './steps/publish-message.ts';
import { ReceiveMessages } from './steps/receive-messages.ts';
import { SendRequest } from './steps/send-request.ts';
import { StoreMessage } from './steps/store-message.ts';

export { Nats } from './application.ts';

const application = new Nats();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [
  new PublishMessage(application),
  new SendRequest(application),
  new StoreMessage(application),
  new ReceiveMessages(application),
];
