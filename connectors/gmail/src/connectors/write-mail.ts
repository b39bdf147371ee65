// What is written: a mail that is sent, and drafts.

import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Mail, mailFields, messageOf } from './mail.ts';
import { brief } from './table.ts';

const { object, record, map, text } = schema;
const draft = record({ id: text(), message: map() });

export class SendMail extends AppConnector {
  readonly name = `${this.application.key}-send-mail`;
  override readonly description = 'Write a message and send it';
  override readonly input = object(mailFields, ['to']);
  override readonly output = brief;

  async process(message: Message, context: Context): Promise<unknown> {
    const json = await messageOf(message.json<Mail>(), context);
    return (await context.api.send('/messages/send', { json })).json();
  }
}

export class CreateDraft extends AppConnector {
  readonly name = `${this.application.key}-create-draft`;
  override readonly description = 'Write a message that is not sent yet';
  override readonly input = object(mailFields);
  override readonly output = draft;

  async process(message: Message, context: Context): Promise<unknown> {
    const json = { message: await messageOf(message.json<Mail>(), context) };
    return (await context.api.send('/drafts', { json })).json();
  }
}

export class ReplaceDraft extends AppConnector {
  readonly name = `${this.application.key}-replace-draft`;
  override readonly description = 'Write a draft anew; what is not given is no longer in it';
  override readonly input = object({ id: text('Id of the draft', { minLength: 1 }), ...mailFields }, ['id']);
  override readonly output = draft;

  async process(message: Message, context: Context): Promise<unknown> {
    const { id, ...mail } = message.json<Mail & { id: string }>();
    const json = { message: await messageOf(mail, context) };
    return (await context.api.send(path`/drafts/${id}`, { method: 'PUT', json })).json();
  }
}
