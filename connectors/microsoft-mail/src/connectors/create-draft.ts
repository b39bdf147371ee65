import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type Mail, mailFields, messageOf } from '../application/mail.ts';
import { type MailMessage, messageOutput } from './records.ts';

export class CreateDraft extends AppConnector {
  readonly name = `${this.application.key}-create-draft`;
  override readonly description = 'Write a message that is not sent yet';
  override readonly input = schema.object(mailFields);
  override readonly output = messageOutput;

  async process(message: Message, { api }: Context): Promise<MailMessage> {
    return (await api.send('/messages', { json: messageOf(message.json<Mail>()) })).json();
  }
}
