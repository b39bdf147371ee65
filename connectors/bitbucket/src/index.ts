// Bitbucket, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Bitbucket, BitbucketToken } from './application/bitbucket.ts';
import { common, table } from './connectors/table.ts';

export { Bitbucket, BitbucketToken } from './application/bitbucket.ts';

export const applications: readonly Application[] = [new Bitbucket(), new BitbucketToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
