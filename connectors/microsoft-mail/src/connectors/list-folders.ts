import { type Context, type Message, schema } from '@sluice/sdk';
import { folderOutput } from './records.ts';
import { MailBatch } from './step.ts';

export class ListFolders extends MailBatch {
  readonly name = `${this.application.key}-list-folders`;
  override readonly description = 'Folders of the mailbox, the uppermost, one message each';
  override readonly input = schema.object({ hidden: schema.flag('Give hidden ones as well; default: false') });
  override readonly output = folderOutput;

  process(message: Message, context: Context) {
    const { hidden } = message.json<{ hidden?: boolean }>();
    return this.page('/mailFolders', { $top: 100, includeHiddenFolders: hidden || undefined }, context);
  }
}
