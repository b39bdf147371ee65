// A message as processes give it, and as Graph takes it.

import { schema } from '@sluice/sdk';

export interface Mail {
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly replyTo?: readonly string[];
  readonly importance?: string;
  readonly categories?: readonly string[];
  readonly attachments?: readonly { readonly name: string; readonly contentType?: string; readonly content: string }[];
}

const { choice, list, object, text } = schema;
const address = text(undefined, { minLength: 3, pattern: '^[^@\\s]+@[^@\\s]+$' });
export const addresses = (description: string) => list(address, description);

/** Fields of a mail in an input. */
export const mailFields = {
  subject: text('Subject'),
  text: text('Body as plain text'),
  html: text('Body as HTML; comes before plain text'),
  to: addresses('Addresses it goes to'),
  cc: addresses('Addresses that get a copy'),
  bcc: addresses('Addresses that get a copy without being named'),
  replyTo: addresses('Addresses that answers go to'),
  importance: choice(['low', 'normal', 'high'], 'How important it is'),
  categories: list(text(), 'Categories of the mailbox'),
  attachments: list(
    object(
      {
        name: text('Name of the file', { minLength: 1 }),
        contentType: text('Type, such as application/pdf'),
        content: text('The file, as base64', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
      },
      ['name', 'content'],
    ),
    'Files, together at most 3 MB',
  ),
};

/** Only what is given: what is left out stays as it is when a draft is changed. */
export function messageOf({ text, html, to, cc, bcc, replyTo, attachments, ...mail }: Mail): Record<string, unknown> {
  const { subject, importance, categories } = mail;
  const content = html ?? text;
  return {
    ...(subject !== undefined && { subject }),
    ...(content !== undefined && { body: { contentType: html === undefined ? 'text' : 'html', content } }),
    ...(to && { toRecipients: recipients(to) }),
    ...(cc && { ccRecipients: recipients(cc) }),
    ...(bcc && { bccRecipients: recipients(bcc) }),
    ...(replyTo && { replyTo: recipients(replyTo) }),
    ...(importance !== undefined && { importance }),
    ...(categories && { categories }),
    ...(attachments && { attachments: attachments.map(attachmentOf) }),
  };
}

export const recipients = (all: readonly string[]) => all.map((one) => ({ emailAddress: { address: one } }));

const attachmentOf = ({ name, contentType, content }: NonNullable<Mail['attachments']>[number]) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  name,
  ...(contentType !== undefined && { contentType }),
  contentBytes: content,
});
