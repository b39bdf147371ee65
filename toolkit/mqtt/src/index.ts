// MQTT, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Mqtt } from './application.ts';
import { PublishMessage } from './steps/publish-message.ts';
import { ReceiveMessages } from './steps/receive-messages.ts';

export { Mqtt } from './application.ts';

const application = new Mqtt();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [new PublishMessage(application), new ReceiveMessages(application)];
