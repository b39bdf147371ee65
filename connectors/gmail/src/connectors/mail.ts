// A mail as processes give it, and as Gmail takes it: the whole message (RFC 5322) in base64url.

import { type Context, schema } from '@sluice/sdk';

export interface Mail {
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly replyTo?: readonly string[];
  readonly inReplyTo?: string;
  readonly threadId?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentType?: string; readonly content: string }[];
}

const { list, object, text } = schema;
const addresses = (description: string) =>
  list(
    text(undefined, { pattern: '^[^\\r\\n]*[^@\\s]+@[^@\\s]+$' }),
    `${description}, as ann@acme.example or Ann <ann@acme.example>`,
  );
const line = (description: string) => text(description, { pattern: '^[^\\r\\n]*$' });

/** Fields of a mail in an input. */
export const mailFields = {
  subject: line('Subject'),
  text: text('Body as plain text'),
  html: text('Body as HTML; with a plain text beside it, readers choose'),
  to: addresses('Addresses it goes to'),
  cc: addresses('Addresses that get a copy'),
  bcc: addresses('Addresses that get a copy without being named'),
  replyTo: addresses('Addresses that answers go to'),
  inReplyTo: line('Message-ID of the mail that it answers'),
  threadId: text('Id of the conversation that it belongs to; Gmail wants the same subject and inReplyTo'),
  attachments: list(
    object(
      {
        name: text('Name of the file', { minLength: 1 }),
        contentType: text('Type, such as application/pdf'),
        content: text('The file, as base64', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
      },
      ['name', 'content'],
    ),
    'Files: name, contentType, content as base64; together at most 25 MB',
  ),
};

/** The same request when it is repeated: what names the message and its parts comes of the idempotency key. */
export async function messageOf(mail: Mail, context: Context) {
  const { idempotencyKey } = context;
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { threadId, attachments = [], inReplyTo, to, cc, bcc, replyTo, ...words } = mail;
  const composer = new MailComposer({
    ...words,
    ...(to && { to: [...to] }),
    ...(cc && { cc: [...cc] }),
    ...(bcc && { bcc: [...bcc] }),
    ...(replyTo && { replyTo: [...replyTo] }),
    ...(inReplyTo !== undefined && { inReplyTo, references: inReplyTo }),
    attachments: attachments.map(({ name, contentType, content }) => ({
      filename: name,
      content,
      encoding: 'base64',
      ...(contentType !== undefined && { contentType }),
    })),
    messageId: `<${idempotencyKey}@sluice>`,
    date: new Date(context.now()),
    baseBoundary: idempotencyKey,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  node.keepBcc = true;
  return { raw: (await node.build()).toString('base64url'), ...(threadId !== undefined && { threadId }) };
}
