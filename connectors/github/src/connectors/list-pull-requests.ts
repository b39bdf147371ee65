import { type Context, type Message, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { pullRequestOutput, repositoryField } from './records.ts';
import { GithubBatch } from './step.ts';

interface Input {
  readonly repository?: string;
  readonly state?: string;
  readonly base?: string;
  readonly head?: string;
}

export class ListPullRequests extends GithubBatch {
  readonly name = `${this.application.key}-list-pull-requests`;
  override readonly description = 'Pull requests of a repository, one message each';
  override readonly input = schema.object({
    repository: repositoryField,
    state: schema.choice(['open', 'closed', 'all'], 'Default: open'),
    base: schema.text('Only those into this branch'),
    head: schema.text('Only those from this branch: owner:branch'),
  });
  override readonly output = pullRequestOutput;

  async process(message: Message, context: Context) {
    const { repository, state, base, head } = message.json<Input>();
    return this.page(`${await repositoryPath(repository, context)}/pulls`, { state, base, head }, context);
  }
}
