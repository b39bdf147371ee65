import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Comment, commentOutput, issueNumber, repositoryField } from './records.ts';

interface Input {
  readonly repository?: string;
  readonly number: number;
  readonly body: string;
}

export class CreateIssueComment extends AppConnector {
  readonly name = `${this.application.key}-create-issue-comment`;
  override readonly description = 'Comment on an issue or pull request';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      number: issueNumber,
      body: schema.text('The comment, as Markdown', { minLength: 1 }),
    },
    ['number', 'body'],
  );
  override readonly output = commentOutput;

  async process(message: Message, context: Context): Promise<Comment> {
    const { repository, number, body } = message.json<Input>();
    const issue = (await repositoryPath(repository, context)) + path`/issues/${number}`;
    return (await context.api.send(`${issue}/comments`, { json: { body } })).json();
  }
}
