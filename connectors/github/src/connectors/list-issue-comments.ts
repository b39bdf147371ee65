import { type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { commentOutput, issueNumber, repositoryField } from './records.ts';
import { GithubBatch } from './step.ts';

interface Input {
  readonly repository?: string;
  readonly number: number;
  readonly since?: string;
}

export class ListIssueComments extends GithubBatch {
  readonly name = `${this.application.key}-list-issue-comments`;
  override readonly description = 'Comments on an issue or pull request, one message each';
  override readonly input = schema.object(
    { repository: repositoryField, number: issueNumber, since: schema.text('Only what changed since this ISO time') },
    ['number'],
  );
  override readonly output = commentOutput;

  async process(message: Message, context: Context) {
    const { repository, number, since } = message.json<Input>();
    const issue = (await repositoryPath(repository, context)) + path`/issues/${number}`;
    return this.page(`${issue}/comments`, { since }, context);
  }
}
