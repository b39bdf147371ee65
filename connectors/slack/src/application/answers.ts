// Slack answers 200 whatever happens; whether it went well stands in the body: `{ok: false, error: 'channel_not_found'}`.

import type { HttpResponse, Reading } from '@sluice/sdk';

const TROUBLE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const FULL = new Set(['ratelimited', 'rate_limited']);
/** With rotation of tokens, a newer one may be good. */
const TOKEN_ENDED = new Set(['token_expired', 'invalid_auth']);

const HINTS: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the app to the channel first',
  channel_not_found: 'or the app may not see it',
  missing_scope: 'add the scope to the Slack app, then authorise again',
  token_revoked: 'authorise again',
  account_inactive: 'authorise again',
};

interface Answer {
  readonly ok?: boolean;
  readonly error?: string;
  readonly needed?: string;
  readonly response_metadata?: { readonly messages?: readonly string[] };
}

export function readAnswer(response: HttpResponse): Reading | undefined {
  const { ok, error, needed, response_metadata: more } = answerIn(response);
  if (ok !== false || error === undefined) return undefined;
  const hint = HINTS[error];
  const says = [
    `${error}${needed ? ` (${needed})` : ''}${hint ? `: ${hint}` : ''}`,
    ...(Array.isArray(more?.messages) ? more.messages : []),
  ].join('; ');
  const verdict = FULL.has(error) ? 'limit' : TROUBLE.has(error) ? 'redeliver' : 'fail';
  return {
    says,
    code: `slack.${error}`,
    tokenRefused: TOKEN_ENDED.has(error),
    // Other statuses speak for themselves.
    ...(response.status < 300 && { verdict }),
  };
}

/** For what is as it should be already: a repeat whose first answer was lost. */
export const fineWhen =
  (...errors: readonly string[]) =>
  (response: HttpResponse): Reading | undefined =>
    errors.includes(answerIn(response).error ?? '') ? { verdict: 'ok' } : readAnswer(response);

function answerIn(response: HttpResponse): Answer {
  try {
    return response.json<Answer | null>() ?? {};
  } catch {
    return {};
  }
}
