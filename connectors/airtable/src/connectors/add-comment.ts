import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type Comment, commentOutput, recordField } from './records.ts';

export class AddComment extends AppConnector {
  readonly name = `${this.application.key}-add-comment`;
  override readonly description = 'Comment on a record';
  override readonly input = schema.object(
    {
      ...tableFields,
      record: recordField,
      text: schema.text('The comment; @[usrAbc] in it names a person', { minLength: 1 }),
      parentCommentId: schema.text('Id of the comment it answers', { minLength: 1 }),
    },
    ['record', 'text'],
  );
  override readonly output = commentOutput;

  async process(message: Message, context: Context): Promise<Comment> {
    const { record, ...input } = message.json<Place & { record: string }>();
    const at = (await tablePath(input, context)) + path`/${record}/comments`;
    return (await context.api.send(at, { json: pick(input, ['text', 'parentCommentId']) })).json();
  }
}
