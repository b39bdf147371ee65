import { AppConnector, type Context, type Json, type Message, path, schema } from '@sluice/sdk';
import { documentOf } from '../application/document.ts';
import { documentField, doneOutput, fieldValues, issueField } from './records.ts';

interface Input {
  readonly issue: string;
  readonly transition: string;
  readonly fields?: Readonly<Record<string, Json>>;
  readonly comment?: Json;
}

export class TransitionIssue extends AppConnector {
  readonly name = `${this.application.key}-transition-issue`;
  override readonly description = 'Lead an issue into another status';
  override readonly input = schema.object(
    {
      issue: issueField,
      transition: schema.text('Id of the transition, as list-transitions gives it', { pattern: '^\\d+$' }),
      fields: fieldValues,
      comment: documentField('Comment to go with it'),
    },
    ['issue', 'transition'],
  );
  override readonly output = doneOutput('moved');

  async process(message: Message, { api }: Context) {
    const { issue, transition, fields, comment } = message.json<Input>();
    const json = {
      transition: { id: transition },
      ...(fields && { fields }),
      ...(comment !== undefined && { update: { comment: [{ add: { body: documentOf(comment) } }] } }),
    };
    await api.send(path`/rest/api/3/issue/${issue}/transitions`, { json });
    return { issue, moved: true };
  }
}
