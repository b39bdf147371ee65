// One mail. Its id comes of the message, so a mail that is sent again after a lost answer is the same mail to whoever reads.

import { createHash } from 'node:crypto';
import { Connector, type Context, encodeContent, Fail, type Message, schema } from '@sluice/sdk';
import type { Smtp } from './application.ts';

interface Attachment {
  readonly name: string;
  readonly contentType?: string;
  readonly content: string;
  readonly encoding?: 'text' | 'base64';
  /** For `cid:` in the HTML. */
  readonly id?: string;
}

interface Input {
  readonly to: string | readonly string[];
  readonly cc?: string | readonly string[];
  readonly bcc?: string | readonly string[];
  readonly from?: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly inReplyTo?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly Attachment[];
}

const MAX_BYTES = 25 * 1024 * 1024;
const line = (description: string, maxLength = 1_000) =>
  schema.text(description, { minLength: 1, maxLength, pattern: '^[^\\r\\n]*$' });
const addresses = (description: string) => ({
  description,
  anyOf: [
    line('One address'),
    schema.list(line('An address, such as Ann <ann@example.com>'), 'Addresses', { minItems: 1, maxItems: 1_000 }),
  ],
});

export class SendMail extends Connector {
  override readonly application: Smtp;
  readonly name: string;
  override readonly description = 'Send a mail as text, HTML or both, with attachments';
  override readonly input = schema.object(
    {
      to: addresses('Who gets it'),
      cc: addresses('Who gets a copy'),
      bcc: addresses('Who gets a copy that nobody sees'),
      from: line('Sender; default: the one of the install'),
      replyTo: line('Who gets answers; default: the one of the install'),
      subject: line('Subject'),
      text: schema.text('The mail as text'),
      html: schema.text('The mail as HTML'),
      inReplyTo: line('Message-ID of the mail that this one answers'),
      headers: schema.map('More headers', { additionalProperties: line('Value') }),
      attachments: schema.list(
        schema.object(
          {
            name: line('Name of the file', 255),
            contentType: line('Media type; default: by the name', 255),
            content: schema.text('The content'),
            encoding: schema.choice(['text', 'base64'], 'Default: base64'),
            id: line('Its id in the HTML: cid:…', 255),
          },
          ['name', 'content'],
        ),
        'Attachments, 25 MB in all',
        { maxItems: 100 },
      ),
    },
    ['to', 'subject'],
  );
  override readonly output = schema.record({
    messageId: schema.text(),
    accepted: schema.list(schema.text()),
    rejected: schema.list(schema.text(), 'Addresses that the server did not take'),
  });

  constructor(application: Smtp) {
    super();
    this.application = application;
    this.name = `${application.key}-send-mail`;
  }

  process(message: Message, context: Context) {
    const { attachments = [], from, replyTo, inReplyTo, ...mail } = message.json<Input>();
    if (mail.text === undefined && mail.html === undefined)
      throw new Fail('A mail was expected to have "text", "html" or both.', { code: 'step.input_invalid' });
    const files = attachments.map(({ name, contentType, content, encoding = 'base64', id }) => ({
      filename: name,
      content: encodeContent({ content, encoding }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(id === undefined ? {} : { cid: id }),
    }));
    const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
    if (bytes > MAX_BYTES)
      throw new Fail(`Attachments of ${bytes} bytes are more than the ${MAX_BYTES} that a mail may have.`, {
        code: 'step.input_invalid',
      });
    return this.application.use(context, async (transport, install) => {
      const answerTo = replyTo ?? install.value<string>('sender', 'replyTo');
      const sent = await transport.sendMail({
        ...(mail as object),
        from: from ?? install.text('sender', 'from'),
        ...(answerTo ? { replyTo: answerTo } : {}),
        ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }),
        messageId: messageIdOf(message.idempotencyKey, from ?? install.text('sender', 'from')),
        attachments: files,
      } as never);
      const {
        messageId,
        accepted = [],
        rejected = [],
      } = sent as { messageId: string; accepted?: unknown[]; rejected?: unknown[] };
      return { messageId, accepted: accepted.map(String), rejected: rejected.map(String) };
    });
  }
}

function messageIdOf(key: string, from: string): string {
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${host}>`;
}
