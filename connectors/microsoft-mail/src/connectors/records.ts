// What Graph answers: the fields that processes usually need. All others are there as well.

import { type JsonSchema, schema } from '@sluice/sdk';

export interface Recipient {
  readonly emailAddress: { readonly name?: string; readonly address?: string };
}

export interface MailMessage {
  readonly id: string;
  readonly subject: string | null;
  readonly bodyPreview: string;
  readonly body: { readonly contentType: 'text' | 'html'; readonly content: string };
  /** A draft may have none. */
  readonly from?: Recipient | null;
  readonly toRecipients: readonly Recipient[];
  /** ISO time. */
  readonly receivedDateTime: string;
  readonly isRead: boolean;
  readonly isDraft: boolean;
  readonly hasAttachments: boolean;
}

export interface MailFolder {
  readonly id: string;
  readonly displayName: string;
  readonly totalItemCount: number;
  readonly unreadItemCount: number;
}

const { flag, integer, list, map, orNull, record, text } = schema;

export const messageOutput = record({
  id: text(),
  subject: orNull(text()),
  bodyPreview: text(),
  body: map(),
  toRecipients: list(map()),
  receivedDateTime: text(),
  isRead: flag(),
  isDraft: flag(),
  hasAttachments: flag(),
});
/** When only some fields were asked for, the id alone is sure. */
export const someMessageOutput = record({ id: text() });
export const folderOutput = record({
  id: text(),
  displayName: text(),
  totalItemCount: integer(),
  unreadItemCount: integer(),
});
export const attachmentOutput = record({ id: text(), name: orNull(text()), size: integer(), isInline: flag() });
/** What is given where Graph answers nothing. */
export const doneOutput = (name: string): JsonSchema => record({ message: text(), [name]: flag() });

export const messageField = text('Id of the message', { minLength: 1 });
export const folderField = text('Id of the folder, or a name such as inbox, drafts, sentitems, archive', {
  minLength: 1,
});
export const fieldNames = list(text(undefined, { pattern: '^\\w+$' }), 'Fields to give; default: all');
export const asTextField = flag('Give bodies as plain text; default: false, as they are');
/** Beside the stable ids that every request wants. */
export const preferText = (asText = false): Record<string, string> =>
  asText ? { prefer: 'IdType="ImmutableId", outlook.body-content-type="text"' } : {};
