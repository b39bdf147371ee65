import { type Context, type Message, schema } from '@sluice/sdk';
import { repositoryOutput } from './records.ts';
import { GithubBatch } from './step.ts';

export class ListRepositories extends GithubBatch {
  readonly name = `${this.application.key}-list-repositories`;
  override readonly description = 'All repositories that the person can reach, one message each';
  override readonly input = schema.object({
    visibility: schema.choice(['all', 'public', 'private'], 'Default: all'),
    sort: schema.choice(['created', 'updated', 'pushed', 'full_name'], 'Default: by full name'),
  });
  override readonly output = repositoryOutput;

  process(message: Message, context: Context) {
    const { visibility, sort } = message.json<{ visibility?: string; sort?: string }>();
    return this.page('/user/repos', { visibility, sort }, context);
  }
}
