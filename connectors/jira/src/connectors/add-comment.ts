import { AppConnector, type Context, type Json, type Message, path, schema } from '@sluice/sdk';
import { documentOf } from '../application/document.ts';
import { type Comment, commentOutput, documentField, issueField } from './records.ts';

export class AddComment extends AppConnector {
  readonly name = `${this.application.key}-add-comment`;
  override readonly description = 'Comment on an issue';
  override readonly input = schema.object({ issue: issueField, body: documentField('The comment') }, ['issue', 'body']);
  override readonly output = commentOutput;

  async process(message: Message, { api }: Context): Promise<Comment> {
    const { issue, body } = message.json<{ issue: string; body: Json }>();
    return (await api.send(path`/rest/api/3/issue/${issue}/comment`, { json: { body: documentOf(body) } })).json();
  }
}
