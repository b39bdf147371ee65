import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, issueField } from './records.ts';

export class DeleteIssue extends AppConnector {
  readonly name = `${this.application.key}-delete-issue`;
  override readonly description = 'Delete an issue; one with sub-tasks only when they shall go as well';
  override readonly input = schema.object(
    { issue: issueField, subtasks: schema.flag('Delete its sub-tasks as well; default: false') },
    ['issue'],
  );
  override readonly output = doneOutput('deleted');

  async process(message: Message, { api }: Context) {
    const { issue, subtasks } = message.json<{ issue: string; subtasks?: boolean }>();
    await api.send(path`/rest/api/3/issue/${issue}`, { method: 'DELETE', query: { deleteSubtasks: subtasks } });
    return { issue, deleted: true };
  }
}
