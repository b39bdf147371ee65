// Gmail, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Gmail } from './application/gmail.ts';
import { common, table } from './connectors/table.ts';
import { CreateDraft, ReplaceDraft, SendMail } from './connectors/write-mail.ts';

export { Gmail } from './application/gmail.ts';
export type { Mail } from './connectors/mail.ts';

export const applications: readonly Application[] = [new Gmail()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new SendMail(application),
  new CreateDraft(application),
  new ReplaceDraft(application),
  ...stepsOf(application, table, common),
]);
