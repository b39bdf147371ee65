// Any SOAP service, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Soap } from './application.ts';
import { CallOperation, DescribeService } from './steps.ts';

export { Soap } from './application.ts';

const application = new Soap();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = [new CallOperation(application), new DescribeService(application)];
