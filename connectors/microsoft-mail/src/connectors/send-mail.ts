import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type Mail, mailFields, messageOf } from '../application/mail.ts';

export class SendMail extends AppConnector {
  readonly name = `${this.application.key}-send-mail`;
  override readonly description = 'Write a message and send it';
  override readonly input = schema.object(
    {
      ...mailFields,
      keep: schema.flag('Keep it among the sent messages; default: true'),
    },
    ['subject', 'to'],
  );
  override readonly output = schema.record({ accepted: schema.flag() });

  async process(message: Message, { api }: Context) {
    const { keep = true, ...mail } = message.json<Mail & { keep?: boolean }>();
    await api.send('/sendMail', { json: { message: messageOf(mail), saveToSentItems: keep } });
    return { accepted: true };
  }
}
