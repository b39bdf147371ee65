// What Stripe says of its answers: `{error: {type, code, decline_code, message, param}}`.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** Stripe counts calls by the second and does not say how long to wait. */
const PAUSE_MS = 1_000;
/** Somebody else holds the object, or the same request is under way: the same call has an answer soon. */
const BUSY = new Set(['lock_timeout', 'idempotency_key_in_use']);

interface Problem {
  readonly type?: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly message?: string;
  readonly param?: string;
}

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const { type, code, decline_code: declined, message, param } = problemIn(response);
  const words = message && `${message}${declined ? ` (${declined})` : ''}${param ? ` (parameter ${param})` : ''}`;
  const says = words === undefined ? {} : { says: words };
  if (code !== undefined && BUSY.has(code)) return { ...says, verdict: 'redeliver' };
  if (status === 429) return headers['retry-after'] ? says : { ...says, untilMs: now + PAUSE_MS };
  const name = code ?? type;
  return { ...says, ...(name && { code: `stripe.${name}` }) };
}

function problemIn(response: HttpResponse): Problem {
  try {
    return response.json<{ error?: Problem } | null>()?.error ?? {};
  } catch {
    return {};
  }
}
