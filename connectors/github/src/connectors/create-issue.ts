import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Issue, issueOutput, names, repositoryField } from './records.ts';

export class CreateIssue extends AppConnector {
  readonly name = `${this.application.key}-create-issue`;
  override readonly description = 'Open an issue';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      title: schema.text('Title', { minLength: 1 }),
      body: schema.text('Text, as Markdown'),
      labels: names('Labels to put on it'),
      assignees: names('Logins of who shall do it'),
      milestone: schema.integer('Number of a milestone'),
    },
    ['title'],
  );
  override readonly output = issueOutput;

  async process(message: Message, context: Context): Promise<Issue> {
    const { repository, ...given } = message.json<{ repository?: string }>();
    const json = pick(given, ['title', 'body', 'labels', 'assignees', 'milestone']);
    return (await context.api.send(`${await repositoryPath(repository, context)}/issues`, { json })).json();
  }
}
