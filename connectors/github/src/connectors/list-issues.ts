import { type Context, type Message, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { issueOutput, names, repositoryField } from './records.ts';
import { GithubBatch } from './step.ts';

interface Input {
  readonly repository?: string;
  readonly state?: string;
  readonly labels?: readonly string[];
  readonly since?: string;
}

export class ListIssues extends GithubBatch {
  readonly name = `${this.application.key}-list-issues`;
  override readonly description = 'Issues of a repository, one message each; pull requests are among them';
  override readonly input = schema.object({
    repository: repositoryField,
    state: schema.choice(['open', 'closed', 'all'], 'Default: open'),
    labels: names('Only issues that have all of these labels'),
    since: schema.text('Only what changed since this ISO time'),
  });
  override readonly output = issueOutput;

  async process(message: Message, context: Context) {
    const { repository, state, labels, since } = message.json<Input>();
    const path = await repositoryPath(repository, context);
    return this.page(`${path}/issues`, { state, labels: labels?.join(','), since }, context);
  }
}
