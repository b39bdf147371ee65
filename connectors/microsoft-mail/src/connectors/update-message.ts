import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { type Mail, mailFields, messageOf } from '../application/mail.ts';
import { type MailMessage, messageField, messageOutput } from './records.ts';

const { attachments: _, ...fields } = mailFields;

export class UpdateMessage extends AppConnector {
  readonly name = `${this.application.key}-update-message`;
  override readonly description = 'Mark a message, or change a draft; what is not given stays';
  override readonly input = schema.object(
    {
      message: messageField,
      isRead: schema.flag('Whether it counts as read'),
      flag: schema.choice(['notFlagged', 'flagged', 'complete'], 'Whether it is to be followed up'),
      ...fields,
    },
    ['message'],
  );
  override readonly output = messageOutput;

  async process(message: Message, { api }: Context): Promise<MailMessage> {
    const { message: id, flag, ...given } = message.json<Mail & { message: string; flag?: string }>();
    const { attachments: _files, ...mail } = given;
    const json = {
      ...messageOf(mail),
      ...pick(given, ['isRead']),
      ...(flag !== undefined && { flag: { flagStatus: flag } }),
    };
    return (await api.send(path`/messages/${id}`, { method: 'PATCH', json })).json();
  }
}
