// What GitHub answers: the fields that processes usually need. All others are there as well.

import { type JsonSchema, schema } from '@sluice/sdk';

interface Person {
  readonly login: string;
  readonly id: number;
}

export interface Repository {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
  readonly private: boolean;
  readonly html_url: string;
  readonly default_branch: string;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly html_url: string;
  readonly user: Person | null;
  readonly labels: readonly (string | { readonly name?: string })[];
  /** Only of pull requests, which GitHub lists among the issues. */
  readonly pull_request?: { readonly url: string };
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly html_url: string;
  readonly user: Person | null;
}

export interface PullRequest extends Omit<Issue, 'pull_request'> {
  readonly draft: boolean;
  readonly merged_at: string | null;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
}

export interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly html_url: string;
}

const { choice, flag, integer, list, orNull, record, text } = schema;
const person = orNull(record({ login: text(), id: integer() }));
const commit = record({ ref: text(), sha: text() });
const state = choice(['open', 'closed']);

export const repositoryOutput = record({
  id: integer(),
  name: text(),
  full_name: text(),
  private: flag(),
  html_url: text(),
  default_branch: text(),
});
export const issueOutput = record({
  id: integer(),
  number: integer(),
  title: text(),
  body: orNull(text()),
  state,
  html_url: text(),
  user: person,
  labels: list({}),
});
export const commentOutput = record({ id: integer(), body: text(), html_url: text(), user: person });
export const pullRequestOutput = record({
  id: integer(),
  number: integer(),
  title: text(),
  state,
  html_url: text(),
  draft: flag(),
  merged_at: orNull(text()),
  head: commit,
  base: commit,
});
export const releaseOutput = record({
  id: integer(),
  tag_name: text(),
  name: orNull(text()),
  draft: flag(),
  prerelease: flag(),
  html_url: text(),
});
export const mergeOutput = record({ sha: text(), merged: flag(), message: text() });
/** What is given where GitHub answers nothing. */
export const doneOutput = (name: string): JsonSchema => record({ [name]: flag() });

export const repositoryField = text('owner/name; default: the repository of the settings', {
  pattern: '^[\\w.-]+/[\\w.-]+$',
});
export const issueNumber = integer('Number of the issue', { minimum: 1 });
export const pullNumber = integer('Number of the pull request', { minimum: 1 });
export const names = (description: string): JsonSchema => list(text(), description);
