// What Box says of its answers: a code of its own, words, and what is wrong with each field.

import { faults } from '@sluice/sdk';

interface Problem {
  readonly code?: string;
  readonly message?: string;
  readonly context_info?: { readonly errors?: unknown };
}

interface Wrong {
  readonly name?: string;
  readonly message?: string;
}

export const readAnswer = faults<Problem>('box', {
  says: ({ message, context_info: more }) => [message, ...wrongIn(more?.errors)],
  name: ({ code }, status) => (status < 500 && code && /^[a-z_]+$/.test(code) ? code : undefined),
});

const wrongIn = (errors: unknown): string[] =>
  Array.isArray(errors) ? errors.map(({ name, message }: Wrong) => [name, message].filter(Boolean).join(': ')) : [];
