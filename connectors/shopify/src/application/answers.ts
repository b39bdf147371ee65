// What Shopify says of its answers: `{errors: 'Not Found'}`, or `{errors: {title: ["can't be blank"]}}`.

import type { HttpResponse, Reading } from '@sluice/sdk';

/** Twice a second the bucket of a shop loses one: nobody waits longer for the next request than this. */
const PAUSE_MS = 1_000;

const CODES: Readonly<Record<number, string>> = {
  400: 'shopify.bad_request',
  401: 'shopify.unauthorised',
  402: 'shopify.shop_frozen',
  403: 'shopify.forbidden',
  404: 'shopify.not_found',
  406: 'shopify.not_acceptable',
  409: 'shopify.conflict',
  422: 'shopify.invalid',
  423: 'shopify.shop_locked',
  430: 'shopify.security_rejection',
};

export function readAnswer(response: HttpResponse, now: number): Reading | undefined {
  const { status, headers } = response;
  if (status < 400) return undefined;
  const words = wordsIn(response);
  const says = words === '' ? {} : { says: words };
  if (status === 429) {
    // Seconds with a fraction, "2.0", which is no form that the standard knows.
    const seconds = Number(headers['retry-after']);
    return { ...says, untilMs: now + (seconds > 0 ? Math.ceil(seconds * 1_000) : PAUSE_MS) };
  }
  const code = CODES[status];
  return { ...says, ...(code && { code }) };
}

function wordsIn(response: HttpResponse): string {
  try {
    const body = response.json<{ errors?: unknown; error?: unknown } | null>();
    return inWords(body?.errors ?? body?.error);
  } catch {
    return '';
  }
}

function inWords(errors: unknown): string {
  if (typeof errors === 'string') return errors;
  if (Array.isArray(errors)) return errors.map(inWords).join(', ');
  if (typeof errors !== 'object' || errors === null) return '';
  return Object.entries(errors)
    .map(([field, problem]) => `${field} ${inWords(problem)}`)
    .join('; ');
}
