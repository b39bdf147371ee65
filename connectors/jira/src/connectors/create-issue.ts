import { AppConnector, type Context, Fail, type Json, type Message, pick, schema } from '@sluice/sdk';
import { documentOf } from '../application/document.ts';
import { type CreatedIssue, createdOutput, documentField, fieldValues } from './records.ts';

interface Input {
  readonly project?: string;
  readonly type: string;
  readonly summary: string;
  readonly description?: Json;
  readonly parent?: string;
  readonly assignee?: string;
  readonly fields?: Readonly<Record<string, Json>>;
}

export class CreateIssue extends AppConnector {
  readonly name = `${this.application.key}-create-issue`;
  override readonly description = 'Create an issue, or a sub-task of one';
  override readonly input = schema.object(
    {
      project: schema.text('Key of the project; default: the one of the settings', { minLength: 1 }),
      type: schema.text('Name of the issue type, such as Task', { minLength: 1 }),
      summary: schema.text('Title, in one line', { minLength: 1, maxLength: 255 }),
      description: documentField('Description'),
      labels: schema.list(schema.text(), 'Labels, without spaces'),
      parent: schema.text('Key of the issue that it is a part of', { minLength: 1 }),
      assignee: schema.text('Account id of who shall do it', { minLength: 1 }),
      duedate: schema.text('Day it is due, as 2026-01-31'),
      fields: fieldValues,
    },
    ['type', 'summary'],
  );
  override readonly output = createdOutput;

  async process(message: Message, context: Context): Promise<CreatedIssue> {
    const { project, type, description, parent, assignee, fields, ...given } = message.json<Input>();
    const json = {
      fields: {
        ...fields,
        ...pick(given, ['summary', 'labels', 'duedate']),
        project: { key: project ?? (await projectOf(context)) },
        issuetype: { name: type },
        ...(description !== undefined && { description: documentOf(description) }),
        ...(parent !== undefined && { parent: { key: parent } }),
        ...(assignee !== undefined && { assignee: { accountId: assignee } }),
      },
    };
    return (await context.api.send('/rest/api/3/issue', { json })).json();
  }
}

/** @throws Fail `step.input_invalid` when the settings name none */
async function projectOf(context: Context): Promise<string> {
  const project = (await context.install()).value<string>('settings', 'project');
  if (project) return project;
  throw new Fail('No project is named: give "project", or choose one in the settings of the install.', {
    code: 'step.input_invalid',
  });
}
