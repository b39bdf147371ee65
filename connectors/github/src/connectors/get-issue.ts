import { type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Issue, issueNumber, issueOutput, repositoryField } from './records.ts';
import { GithubConnector } from './step.ts';

export class GetIssue extends GithubConnector {
  readonly name = `${this.application.key}-get-issue`;
  override readonly description = 'One issue';
  override readonly input = schema.object({ repository: repositoryField, number: issueNumber }, ['number']);
  override readonly output = issueOutput;

  async process(message: Message, context: Context): Promise<Issue> {
    const { repository, number } = message.json<{ repository?: string; number: number }>();
    return (await context.api.send((await repositoryPath(repository, context)) + path`/issues/${number}`)).json();
  }
}
