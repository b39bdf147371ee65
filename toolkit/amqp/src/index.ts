// AMQP 0-9-1, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Amqp } from './application.ts';
import { CountMessages } from './steps/count-messages.ts';
import { DeclareQueue } from './steps/declare-queue.ts';
import { PublishMessage } from './steps/publish-message.ts';
import { ReceiveMessages } from './steps/receive-messages.ts';

export { Amqp } from './application.ts';

const application = new Amqp();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [
  new PublishMessage(application),
  new ReceiveMessages(application),
  new DeclareQueue(application),
  new CountMessages(application),
];
