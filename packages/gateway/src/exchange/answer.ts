// An answer onto the wire.

import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { SluiceError } from '@sluice/protocol';
import type { Answer } from './exchange.ts';

/**
 * @param id  of the request; the answer has it as `x-request-id`
 * @param broke  a body ended before its time; the client sees a broken connection, never a whole answer
 */
export function writeAnswer(
  response: ServerResponse,
  id: string,
  { status, headers, body }: Answer,
  broke: (error: Error) => void,
): void {
  if (response.destroyed || response.headersSent) {
    discard(body);
    return;
  }
  const stream = body !== null && typeof body === 'object' && !(body instanceof Uint8Array) ? body : null;
  const bytes = stream ? null : (body as string | Uint8Array | null);
  const out: Record<string, string | number | string[]> = { ...(headers as Record<string, string | string[]>) };
  out['x-request-id'] = id;
  const bodiless = response.req.method === 'HEAD' || status === 204 || status === 304;
  if (!stream && !bodiless) out['content-length'] = bytes === null ? 0 : Buffer.byteLength(bytes);
  if (status === 204) delete out['content-length'];
  response.writeHead(status, out);
  if (bodiless || !stream) {
    discard(body);
    response.end(bodiless ? undefined : (bytes ?? undefined));
    return;
  }
  passOn(stream, response, broke);
}

/** As `pipeline` does it, without the AbortController that it makes and aborts for every answer: that was a tenth of all work. */
function passOn(stream: Readable, response: ServerResponse, broke: (error: Error) => void): void {
  // It broke off while a policy held it.
  if (stream.destroyed && !stream.readableEnded) {
    broke(stream.errored ?? new Error('the answer broke off'));
    response.destroy();
    return;
  }
  stream.once('error', (error) => {
    if (response.destroyed) return;
    broke(error);
    response.destroy();
  });
  // A stream that ends without its end was broken off as well.
  stream.once('close', () => {
    if (!stream.readableEnded) response.destroy();
  });
  response.once('close', () => {
    if (!stream.readableEnded) discard(stream);
  });
  response.on('error', () => response.destroy());
  // Whoever waits for events knows that the answer began before the first one comes.
  if (stream.readableLength === 0) response.flushHeaders();
  stream.pipe(response);
}

/** Nobody will read it: what feeds it must not wait for ever. */
export function discard(body: Answer['body']): void {
  if (body === null || typeof body !== 'object' || body instanceof Uint8Array) return;
  (body as Readable).on('error', () => {}).destroy();
}

export function problemAnswer(error: SluiceError, requestId: string): Answer {
  const { retryAfterMs, allowed, challenges } = error.details as {
    retryAfterMs?: number;
    allowed?: readonly string[];
    challenges?: readonly string[];
  };
  return {
    status: error.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
      ...(allowed === undefined ? {} : { allow: allowed.join(', ') }),
      ...(challenges === undefined || challenges.length === 0 ? {} : { 'www-authenticate': challenges }),
      // Whatever else comes on this connection belongs to a request that was given up.
      ...(error.status === 408 ? { connection: 'close' } : {}),
    },
    body: JSON.stringify({ ...error.toProblem(), requestId }),
  };
}
