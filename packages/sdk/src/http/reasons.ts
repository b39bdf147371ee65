// What a step says when an answer is no success, or none came: for a person to read, and without a secret.

import { excerpt } from '@sluice/protocol';
import { Fail, Redeliver, type Verdict } from '../step/errors.ts';
import { alertOf } from './client-certificate.ts';
import { AddressRefused } from './guard.ts';
import { maskSent, maskText, maskUrl } from './masking.ts';
import type { SettledRequest } from './request.ts';
import type { HttpResponse } from './response.ts';

/** More of an answer is not looked at: the excerpt is far shorter. */
const LOOKED_AT = 64 * 1024;
/** The library refuses the request itself: a header with a line break, a method that does not exist. */
const NEVER_SENDABLE = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR']);
const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const nameOf = ({ method, url }: SettledRequest): string => `${method} ${maskUrl(new URL(url))}`;

/** A text of the other side without secrets: those that were sent, and those that it names itself. */
function clean(text: string, { headers, url, body }: SettledRequest, more?: readonly string[]): string {
  return maskText(maskSent(text.slice(0, LOOKED_AT), headers, new URL(url), body, more));
}

/**
 * Why an answer is no success.
 * @param more.secrets  of the body, beside those that their names call so
 * @param more.says  what the service said, when that is known; else its answer is quoted
 */
export function answerReason(
  sent: SettledRequest,
  { status, headers, bytes }: HttpResponse,
  { secrets, says }: { secrets?: readonly string[] | undefined; says?: string | undefined } = {},
): string {
  const { location } = headers;
  if (status >= 300 && status < 400 && typeof location === 'string')
    return `${nameOf(sent)} answered ${status} and leads to ${clean(maskLocation(location, sent.url), sent)}. Redirects are not followed: if the new address is right, ask there.`;
  const said = says ?? Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('utf8');
  return `${nameOf(sent)} answered ${status}: ${excerpt(clean(said, sent, secrets))}`;
}

/** What becomes of a request without an answer: tried again, unless that could never help. */
export function noAnswer(sent: SettledRequest, cause: Error, timedOutMs: number | null): Verdict {
  if (cause instanceof Fail) return cause;
  if (cause instanceof AddressRefused)
    return new Fail(`${nameOf(sent)} was not sent: ${cause.message}`, { code: 'http.address_refused', cause });
  const alert = alertOf(cause);
  if (alert) return new Fail(`${nameOf(sent)} failed: the remote service says that ${alert}.`, { cause });
  const { code = '' } = cause as NodeJS.ErrnoException;
  const why = timedOutMs === null ? clean(cause.message, sent) : `no answer within ${timedOutMs} ms`;
  if (NEVER_SENDABLE.has(code)) return new Fail(`${nameOf(sent)} cannot be sent: ${why}`, { cause });
  const hint = sent.tls && HUNG_UP.has(code) ? '. Perhaps the remote service does not take the client certificate' : '';
  return new Redeliver(`${nameOf(sent)} failed: ${why}${hint}`, { cause });
}

function maskLocation(location: string, base: string): string {
  return URL.canParse(location, base) ? excerpt(maskUrl(new URL(location, base))) : excerpt(location);
}
