// Compress what is worth it, as the client accepts, while it passes.
//
// An answer that carries a secret next to something a stranger chose must not be compressed: its length tells the secret letter by
// letter (BREACH). A route that answers with such a page leaves this off; answers that set a cookie are never compressed.

import { Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import Negotiator from 'negotiator';
import { isStream } from '../exchange/body.ts';
import type { Answer, Policy } from '../exchange/exchange.ts';

/** Fewer bytes get no smaller. */
const LEAST_BYTES = 1_024;
const WORTH_IT =
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|x-ndjson)$|[^;]*\+(json|xml|text)$|image\/svg\+xml$)/;

export function compressionPolicy(wanted: boolean | undefined): Policy | null {
  if (!wanted) return null;
  return (next) => async (exchange) => {
    const accept = exchange.headers['accept-encoding'];
    // Compressed once, and here: a cache and a mapping see it plain.
    delete exchange.headers['accept-encoding'];
    const answer = await next(exchange);
    if (!isWorthIt(answer)) return answer;
    const vary = [answer.headers.vary ?? []].flat().join(', ');
    const varied = { ...answer.headers, vary: vary === '' ? 'accept-encoding' : `${vary}, accept-encoding` };
    const coding =
      accept && new Negotiator({ headers: { 'accept-encoding': accept } }).encoding(['br', 'gzip', 'identity']);
    if (coding !== 'br' && coding !== 'gzip') return { ...answer, headers: varied };
    const {
      'content-length': _,
      etag,
      'accept-ranges': __,
      ...headers
    } = varied as Record<string, string | readonly string[]>;
    // The same content in other bytes: a strong name would be a lie.
    const named: Answer['headers'] =
      etag === undefined ? {} : { etag: String(etag).startsWith('W/') ? etag : `W/${String(etag)}` };
    return {
      status: answer.status,
      headers: { ...headers, ...named, 'content-encoding': coding },
      body: exchange.line.method === 'HEAD' ? null : compressed(answer, coding),
    };
  };
}

function isWorthIt({ status, headers, body }: Answer): boolean {
  if (body === null || status === 204 || status === 206 || status === 304) return false;
  if (headers['content-encoding'] !== undefined || headers['set-cookie'] !== undefined) return false;
  if (/no-transform/.test(String(headers['cache-control'] ?? ''))) return false;
  const [type = ''] = String(headers['content-type'] ?? '')
    .toLowerCase()
    .split(';');
  if (!WORTH_IT.test(type.trim())) return false;
  const length = isStream(body)
    ? Number(headers['content-length'] ?? Number.POSITIVE_INFINITY)
    : Buffer.byteLength(body);
  return length >= LEAST_BYTES;
}

function compressed({ headers, body }: Answer, coding: 'br' | 'gzip'): Readable {
  // Events are written one by one and must not wait for each other.
  const live = /^text\/event-stream|x-ndjson/.test(String(headers['content-type'] ?? ''));
  const compressor =
    coding === 'br'
      ? createBrotliCompress({
          params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
          ...(live ? { flush: constants.BROTLI_OPERATION_FLUSH } : {}),
        })
      : createGzip(live ? { flush: constants.Z_SYNC_FLUSH } : {});
  const source = isStream(body) ? body : Readable.from([Buffer.from(body as Uint8Array)]);
  source.on('error', (error) => compressor.destroy(error));
  compressor.on('close', () => source.destroy());
  return source.pipe(compressor);
}
