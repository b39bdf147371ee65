import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { doneOutput, repositoryField } from './records.ts';

export class DeleteIssueComment extends AppConnector {
  readonly name = `${this.application.key}-delete-issue-comment`;
  override readonly description = 'Delete a comment on an issue or pull request';
  override readonly input = schema.object(
    { repository: repositoryField, comment: schema.integer('Id of the comment', { minimum: 1 }) },
    ['comment'],
  );
  override readonly output = doneOutput('deleted');

  async process(message: Message, context: Context) {
    const { repository, comment } = message.json<{ repository?: string; comment: number }>();
    const at = (await repositoryPath(repository, context)) + path`/issues/comments/${comment}`;
    await context.api.send(at, { method: 'DELETE' });
    return { comment, deleted: true };
  }
}
