// What Microsoft Graph says of its answers: a code of its own and words, inside one member.

import { faults } from '@sluice/sdk';

interface Problem {
  readonly error?: { readonly code?: string; readonly message?: string };
}

export const readAnswer = faults<Problem>('onedrive', {
  says: ({ error }) => [error?.code, error?.message],
  codes: { 412: 'changed_meanwhile', 507: 'full' },
  pauseMs: 30_000,
});
