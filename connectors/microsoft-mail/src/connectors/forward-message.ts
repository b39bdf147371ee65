import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { addresses, recipients } from '../application/mail.ts';
import { doneOutput, messageField } from './records.ts';

interface Input {
  readonly message: string;
  readonly to: readonly string[];
  readonly comment?: string;
}

export class ForwardMessage extends AppConnector {
  readonly name = `${this.application.key}-forward-message`;
  override readonly description = 'Send a message on to others';
  override readonly input = schema.object(
    {
      message: messageField,
      to: { ...addresses('Addresses it goes to'), minItems: 1 },
      comment: schema.text('What is written above the message'),
    },
    ['message', 'to'],
  );
  override readonly output = doneOutput('accepted');

  async process(message: Message, { api }: Context) {
    const { message: id, to, comment = '' } = message.json<Input>();
    await api.send(path`/messages/${id}/forward`, { json: { comment, toRecipients: recipients(to) } });
    return { message: id, accepted: true };
  }
}
