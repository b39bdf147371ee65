// Mail of Microsoft 365, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { MicrosoftMail, MicrosoftMailApplication } from './application/microsoft-mail.ts';
import { CreateDraft } from './connectors/create-draft.ts';
import { CreateFolder } from './connectors/create-folder.ts';
import { DeleteMessage } from './connectors/delete-message.ts';
import { ForwardMessage } from './connectors/forward-message.ts';
import { GetMessage } from './connectors/get-message.ts';
import { ListAttachments } from './connectors/list-attachments.ts';
import { ListFolders } from './connectors/list-folders.ts';
import { ListMessages } from './connectors/list-messages.ts';
import { MoveMessage } from './connectors/move-message.ts';
import { ReplyAllMessage } from './connectors/reply-all-message.ts';
import { ReplyMessage } from './connectors/reply-message.ts';
import { SendDraft } from './connectors/send-draft.ts';
import { SendMail } from './connectors/send-mail.ts';
import { UpdateMessage } from './connectors/update-message.ts';

export type { Mail } from './application/mail.ts';
export { MicrosoftMail, MicrosoftMailApplication } from './application/microsoft-mail.ts';
export type { MailFolder, MailMessage, Recipient } from './connectors/records.ts';

/** As a person, and as the application itself. */
export const applications: readonly Application[] = [new MicrosoftMail(), new MicrosoftMailApplication()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListMessages(application),
  new GetMessage(application),
  new SendMail(application),
  new CreateDraft(application),
  new SendDraft(application),
  new UpdateMessage(application),
  new ReplyMessage(application),
  new ReplyAllMessage(application),
  new ForwardMessage(application),
  new MoveMessage(application),
  new DeleteMessage(application),
  new ListAttachments(application),
  new ListFolders(application),
  new CreateFolder(application),
]);
