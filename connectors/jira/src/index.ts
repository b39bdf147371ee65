// Jira Cloud, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Jira, JiraToken } from './application/jira.ts';
import { AddComment } from './connectors/add-comment.ts';
import { AssignIssue } from './connectors/assign-issue.ts';
import { CreateIssue } from './connectors/create-issue.ts';
import { DeleteIssue } from './connectors/delete-issue.ts';
import { GetIssue } from './connectors/get-issue.ts';
import { ListComments } from './connectors/list-comments.ts';
import { ListProjects } from './connectors/list-projects.ts';
import { ListTransitions } from './connectors/list-transitions.ts';
import { SearchIssues } from './connectors/search-issues.ts';
import { SearchUsers } from './connectors/search-users.ts';
import { TransitionIssue } from './connectors/transition-issue.ts';
import { UpdateIssue } from './connectors/update-issue.ts';

export { Jira, JiraToken } from './application/jira.ts';
export type { Comment, CreatedIssue, Issue, Project, User } from './connectors/records.ts';

/** By OAuth, and by e-mail and API token. */
export const applications: readonly Application[] = [new Jira(), new JiraToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new SearchIssues(application),
  new GetIssue(application),
  new CreateIssue(application),
  new UpdateIssue(application),
  new DeleteIssue(application),
  new AssignIssue(application),
  new ListTransitions(application),
  new TransitionIssue(application),
  new AddComment(application),
  new ListComments(application),
  new ListProjects(application),
  new SearchUsers(application),
]);
