// One request to a provider, over the same wire as all others: bounded, masked, without redirects.

import { excerpt } from '@sluice/protocol';
import { Fail, type HttpResponse, HttpSender, maskText, Redeliver, type Wire } from '@sluice/sdk';
import { ProviderFailure } from './failure.ts';

/** No answer of a token endpoint is nearly as large. */
const MAX_BYTES = 1024 * 1024;

export interface ProviderRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A user had a say in the host: it must not lead into the network of the platform. */
  readonly guarded: boolean;
}

export interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly wire?: Wire;
}

/** @throws ProviderFailure `unsent`, `lost`, `refused` when the address itself is */
export async function exchange(
  { url, method, headers, body, guarded }: ProviderRequest,
  { timeoutMs, now, wire }: ExchangeOptions,
): Promise<HttpResponse> {
  const sender = new HttpSender({ now, ...(wire && { wire }) });
  const request = { url, method, headers, timeoutMs, ...(body === undefined ? {} : { body }) };
  try {
    return await sender.exchange(guarded ? { ...request, guard: true } : request, { maxBytes: MAX_BYTES });
  } catch (error) {
    throw failureOf(error);
  }
}

/** Codes of connections that were never made: no byte of the request has left. */
const NEVER_LEFT = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failureOf(error: unknown): Error {
  if (error instanceof Redeliver)
    return new ProviderFailure(leftNever(error.cause) ? 'unsent' : 'lost', error.message, { cause: error });
  if (!(error instanceof Fail)) return error as Error;
  // It answered, and with more than anybody reads.
  if (/is larger than/.test(error.message)) return new ProviderFailure('unavailable', error.message, { cause: error });
  return new ProviderFailure('refused', error.message, { code: error.options.code ?? 'unsendable', cause: error });
}

function leftNever(cause: unknown): boolean {
  const { code = '', errors } = (cause ?? {}) as NodeJS.ErrnoException & { errors?: readonly unknown[] };
  // Several addresses were tried, and none could be reached.
  return NEVER_LEFT.has(code) || (Array.isArray(errors) && errors.length > 0 && errors.every(leftNever));
}

/** Words of a provider, fit for a person and a log. */
export function saidBy(text: unknown): string {
  if (typeof text !== 'string') return '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return plain === '' ? '' : excerpt(maskText(plain));
}
