// Mailchimp, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Mailchimp, MailchimpToken } from './application/mailchimp.ts';
import { common, table } from './connectors/table.ts';

export { Mailchimp, MailchimpToken } from './application/mailchimp.ts';

export const applications: readonly Application[] = [new Mailchimp(), new MailchimpToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
