// What Microsoft Graph says of its answers: a code of its own and words, inside one member. How long to wait stands in
// `Retry-After`, which is read by itself.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** What Graph asks to wait when it does not say how long. */
const PAUSE_MS = 30_000;

const CODES: Readonly<Record<number, string>> = {
  400: 'microsoft-mail.invalid',
  401: 'microsoft-mail.bad_credentials',
  403: 'microsoft-mail.forbidden',
  404: 'microsoft-mail.not_found',
  409: 'microsoft-mail.conflict',
  410: 'microsoft-mail.gone',
  412: 'microsoft-mail.changed_meanwhile',
  413: 'microsoft-mail.too_large',
  507: 'microsoft-mail.mailbox_full',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { code: name, message } = problemIn(response);
  const says = [name, message].filter(Boolean).join(': ');
  const code = CODES[status];
  return {
    ...(says && { says }),
    ...(code && { code }),
    ...(status === 429 && headers['retry-after'] === undefined && { untilMs: now + PAUSE_MS }),
  };
}

function problemIn(response: HttpResponse): { readonly code?: string; readonly message?: string } {
  try {
    const { error } = response.json<{ error?: { code?: string; message?: string } } | null>() ?? {};
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}
