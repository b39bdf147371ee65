import { AppConnector, type Context, type Json, type Message, path, pick, schema } from '@sluice/sdk';
import { documentOf } from '../application/document.ts';
import { documentField, doneOutput, fieldValues, issueField } from './records.ts';

interface Input {
  readonly issue: string;
  readonly description?: Json;
  readonly fields?: Readonly<Record<string, Json>>;
  readonly notify?: boolean;
}

export class UpdateIssue extends AppConnector {
  readonly name = `${this.application.key}-update-issue`;
  override readonly description = 'Change fields of an issue; what is not given stays';
  override readonly input = schema.object(
    {
      issue: issueField,
      summary: schema.text('New title', { minLength: 1, maxLength: 255 }),
      description: documentField('New description'),
      labels: schema.list(schema.text(), 'All labels that it shall have'),
      duedate: schema.text('New day it is due, as 2026-01-31'),
      fields: fieldValues,
      notify: schema.flag('Write to those who watch it; default: true'),
    },
    ['issue'],
  );
  override readonly output = doneOutput('updated');

  async process(message: Message, { api }: Context) {
    const { issue, description, fields, notify, ...given } = message.json<Input>();
    const json = {
      fields: {
        ...fields,
        ...pick(given, ['summary', 'labels', 'duedate']),
        ...(description !== undefined && { description: documentOf(description) }),
      },
    };
    await api.send(path`/rest/api/3/issue/${issue}`, { method: 'PUT', json, query: { notifyUsers: notify } });
    return { issue, updated: true };
  }
}
