import { type Context, type Message, path, schema } from '@sluice/sdk';
import { commentOutput, issueField } from './records.ts';
import { JiraBatch } from './step.ts';

export class ListComments extends JiraBatch {
  readonly name = `${this.application.key}-list-comments`;
  override readonly description = 'Comments on an issue, the oldest first, one message each';
  override readonly input = schema.object({ issue: issueField }, ['issue']);
  override readonly output = commentOutput;

  process(message: Message, context: Context) {
    const { issue } = message.json<{ issue: string }>();
    return this.counted(path`/rest/api/3/issue/${issue}/comment`, { orderBy: 'created' }, 'comments', context);
  }
}
