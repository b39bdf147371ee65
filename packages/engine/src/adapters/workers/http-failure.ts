// What a failed request means for the calls in it.

import type { CallResult } from '@sluice/protocol';

export const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** Failures before anything can have reached the worker. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function failureOf(error: Error): CallResult {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = `${error.message}${code && !error.message.includes(code) ? ` (${code})` : ''}`;
  return { kind: NEVER_SENT.has(code) ? 'unreachable' : 'unanswered', reason };
}

export const tooLarge: CallResult = {
  kind: 'malformed',
  code: 'worker.answer_malformed',
  reason: `the answer is larger than ${MAX_ANSWER_BYTES} bytes`,
};
