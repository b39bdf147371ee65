// E-mail, as a package that a worker can offer: SMTP sends, IMAP reads.

import type { AnyStep, Application } from '@sluice/sdk';
import { Imap } from './imap/application.ts';
import { FlagMessage, GetMessage, ListMailboxes, ListMessages, MoveMessage } from './imap/steps.ts';
import { Smtp } from './smtp/application.ts';
import { SendMail } from './smtp/send-mail.ts';

export { Imap } from './imap/application.ts';
export { Smtp } from './smtp/application.ts';

const smtp = new Smtp();
const imap = new Imap();
export const applications: readonly Application[] = [smtp, imap];
export const steps: readonly AnyStep[] = [
  new SendMail(smtp),
  new ListMailboxes(imap),
  new ListMessages(imap),
  new GetMessage(imap),
  new MoveMessage(imap),
  new FlagMessage(imap),
];
