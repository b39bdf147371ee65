// GitLab, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { GitLab, GitLabToken } from './application/gitlab.ts';
import { common, table } from './connectors/table.ts';

export { GitLab, GitLabToken } from './application/gitlab.ts';

export const applications: readonly Application[] = [new GitLab(), new GitLabToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
