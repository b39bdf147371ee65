import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, issueField } from './records.ts';

export class AssignIssue extends AppConnector {
  readonly name = `${this.application.key}-assign-issue`;
  override readonly description = 'Assign an issue to a person, or to nobody';
  override readonly input = schema.object(
    {
      issue: issueField,
      assignee: {
        ...schema.orNull(schema.text(undefined, { minLength: 1 })),
        description: 'Account id; null for nobody, -1 for the default of the project',
      },
    },
    ['issue', 'assignee'],
  );
  override readonly output = doneOutput('assigned');

  async process(message: Message, { api }: Context) {
    const { issue, assignee } = message.json<{ issue: string; assignee: string | null }>();
    await api.send(path`/rest/api/3/issue/${issue}/assignee`, { method: 'PUT', json: { accountId: assignee } });
    return { issue, assigned: assignee !== null };
  }
}
