import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type PullRequest, pullNumber, pullRequestOutput, repositoryField } from './records.ts';

export class GetPullRequest extends AppConnector {
  readonly name = `${this.application.key}-get-pull-request`;
  override readonly description = 'One pull request, with its branches and whether it is merged';
  override readonly input = schema.object({ repository: repositoryField, number: pullNumber }, ['number']);
  override readonly output = pullRequestOutput;

  async process(message: Message, context: Context): Promise<PullRequest> {
    const { repository, number } = message.json<{ repository?: string; number: number }>();
    return (await context.api.send((await repositoryPath(repository, context)) + path`/pulls/${number}`)).json();
  }
}
