// What Pipedrive says of its answers: the reason in words, more of it, and its name.

import { faults } from '@sluice/sdk';

interface Problem {
  readonly error?: string;
  readonly error_info?: string;
  /** Such as `ERR_SCHEMA_VALIDATION_FAILED`. */
  readonly code?: string;
}

export const readAnswer = faults<Problem>('pipedrive', {
  says: ({ error, error_info: more, code }) => [error, more, code],
});
