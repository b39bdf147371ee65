// GitHub, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Github, GithubToken } from './application/github.ts';
import { CreateIssue } from './connectors/create-issue.ts';
import { CreateIssueComment } from './connectors/create-issue-comment.ts';
import { CreateRelease } from './connectors/create-release.ts';
import { DeleteIssueComment } from './connectors/delete-issue-comment.ts';
import { GetIssue } from './connectors/get-issue.ts';
import { GetPullRequest } from './connectors/get-pull-request.ts';
import { GetRepository } from './connectors/get-repository.ts';
import { ListIssueComments } from './connectors/list-issue-comments.ts';
import { ListIssues } from './connectors/list-issues.ts';
import { ListPullRequests } from './connectors/list-pull-requests.ts';
import { ListRepositories } from './connectors/list-repositories.ts';
import { MergePullRequest } from './connectors/merge-pull-request.ts';
import { RunWorkflow } from './connectors/run-workflow.ts';
import { UpdateIssue } from './connectors/update-issue.ts';

export { API_VERSION, Github, GithubToken } from './application/github.ts';
export type { Comment, Issue, PullRequest, Release, Repository } from './connectors/records.ts';

/** By OAuth, and by a personal access token. */
export const applications: readonly Application[] = [new Github(), new GithubToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListRepositories(application),
  new GetRepository(application),
  new ListIssues(application),
  new GetIssue(application),
  new CreateIssue(application),
  new UpdateIssue(application),
  new ListIssueComments(application),
  new CreateIssueComment(application),
  new DeleteIssueComment(application),
  new ListPullRequests(application),
  new GetPullRequest(application),
  new MergePullRequest(application),
  new CreateRelease(application),
  new RunWorkflow(application),
]);
