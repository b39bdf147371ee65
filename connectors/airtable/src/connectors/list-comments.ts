import { AppBatch, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type Comment, commentOutput, recordField } from './records.ts';
import { onward } from './step.ts';

export class ListComments extends AppBatch {
  readonly name = `${this.application.key}-list-comments`;
  override readonly description = 'Comments on a record, the newest first, one message each';
  override readonly input = schema.object({ ...tableFields, record: recordField }, ['record']);
  override readonly output = commentOutput;

  async process(message: Message, context: Context) {
    const { record, ...place } = message.json<Place & { record: string }>();
    const at = (await tablePath(place, context)) + path`/${record}/comments`;
    const response = await context.api.send(at, { query: { pageSize: 100, offset: context.cursor ?? undefined } });
    const { comments, offset } = response.json<{ comments: Comment[]; offset?: string | null }>();
    return { items: comments, ...onward(offset) };
  }
}
