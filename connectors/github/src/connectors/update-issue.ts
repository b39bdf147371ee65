import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { repositoryPath } from '../application/repository.ts';
import { type Issue, issueNumber, issueOutput, names, repositoryField } from './records.ts';

export class UpdateIssue extends AppConnector {
  readonly name = `${this.application.key}-update-issue`;
  override readonly description = 'Change an issue, close it, or open it again; what is not given stays';
  override readonly input = schema.object(
    {
      repository: repositoryField,
      number: issueNumber,
      title: schema.text('New title', { minLength: 1 }),
      body: schema.text('New text, as Markdown'),
      state: schema.choice(['open', 'closed'], 'New state'),
      state_reason: schema.choice(['completed', 'not_planned', 'duplicate', 'reopened'], 'Why the state changes'),
      labels: names('All labels that it shall have'),
      assignees: names('Logins of all who shall do it'),
    },
    ['number'],
  );
  override readonly output = issueOutput;

  async process(message: Message, context: Context): Promise<Issue> {
    const { repository, number, ...given } = message.json<{ repository?: string; number: number }>();
    const json = pick(given, ['title', 'body', 'state', 'state_reason', 'labels', 'assignees']);
    const issue = (await repositoryPath(repository, context)) + path`/issues/${number}`;
    return (await context.api.send(issue, { method: 'PATCH', json })).json();
  }
}
