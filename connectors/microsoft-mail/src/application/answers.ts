// What Microsoft Graph says of its answers: a code of its own and words, inside one member.

import { faults } from '@sluice/sdk';

export const readAnswer = faults<{ error: { code?: string; message?: string } }>('microsoft-mail', {
  says: ({ error: { code, message } }) => [code, message].filter(Boolean).join(': '),
  codes: { 507: 'mailbox_full' },
  pauseMs: 30_000,
});
