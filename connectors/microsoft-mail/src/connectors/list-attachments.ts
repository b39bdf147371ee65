import { type Context, type Message, path, schema } from '@sluice/sdk';
import { attachmentOutput, messageField } from './records.ts';
import { MailBatch } from './step.ts';

export class ListAttachments extends MailBatch {
  readonly name = `${this.application.key}-list-attachments`;
  override readonly description = 'Attachments of a message, files with their content as base64, one message each';
  override readonly input = schema.object({ message: messageField }, ['message']);
  override readonly output = attachmentOutput;

  process(message: Message, context: Context) {
    const { message: id } = message.json<{ message: string }>();
    // Few at once: each may have some megabytes.
    return this.page(path`/messages/${id}/attachments`, { $top: 5 }, context);
  }
}
