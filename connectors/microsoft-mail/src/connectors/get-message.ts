import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { asTextField, type MailMessage, messageField, messageOutput, preferText } from './records.ts';

export class GetMessage extends AppConnector {
  readonly name = `${this.application.key}-get-message`;
  override readonly description = 'One message';
  override readonly input = schema.object({ message: messageField, asText: asTextField }, ['message']);
  override readonly output = messageOutput;

  async process(message: Message, { api }: Context): Promise<MailMessage> {
    const { message: id, asText } = message.json<{ message: string; asText?: boolean }>();
    return (await api.send(path`/messages/${id}`, { headers: preferText(asText) })).json();
  }
}
