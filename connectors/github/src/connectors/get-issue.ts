import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Issue, issueNumber, issueOutput, repositoryField } from './records.ts';

export class GetIssue extends AppConnector {
  readonly name = `${this.application.key}-get-issue`;
  override readonly description = 'One issue';
  override readonly input = schema.object({ repository: repositoryField, number: issueNumber }, ['number']);
  override readonly output = issueOutput;

  async process(message: Message, context: Context): Promise<Issue> {
    const { repository, number } = message.json<{ repository?: string; number: number }>();
    return (await context.api.send((await repositoryPath(repository, context)) + path`/issues/${number}`)).json();
  }
}
