// A service by its address: the request goes on as it is, and so does its answer, both as streams.

import type { Readable } from 'node:stream';
import { SluiceError, type TargetOf } from '@sluice/protocol';
import type { Dispatcher } from 'undici';
import type { Answer, Exchange, Handler } from '../exchange/exchange.ts';
import { handedBack } from '../exchange/headers.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

export function upstreamTarget(
  target: TargetOf<'upstream'>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  agent: Dispatcher,
): Handler {
  const url = new URL(target.url);
  const path = templateOf(url.pathname);
  return async (exchange): Promise<Answer> => {
    const { method } = exchange.line;
    const headers = { ...exchange.headers };
    forwarded(headers, exchange);
    if (!target.keepHost) delete headers.host;
    delete headers.expect;
    try {
      const answer = await agent.request({
        origin: url.origin,
        path: path(exchange.params) + (exchange.query === '' ? url.search : `?${exchange.query}`),
        method,
        headers,
        body: exchange.body as Readable | Buffer | string | null,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: answer.statusCode, headers: handedBack(answer.headers), body: answer.body };
    } catch (cause) {
      throw faultOf(cause as NodeJS.ErrnoException, timeoutMs);
    }
  };
}

/** Parameters in the path of an address; each brings one segment, encoded, and never another one. */
function templateOf(pathname: string): (params: Exchange['params']) => string {
  const parts = decodeBraces(pathname).split(/(\{[A-Za-z_][A-Za-z0-9_]*\*?\})/);
  if (parts.length === 1) return () => pathname;
  return (params) =>
    parts
      .map((part) => {
        if (!part.startsWith('{')) return part;
        const rest = part.endsWith('*}');
        const value = params[part.slice(1, rest ? -2 : -1)] ?? '';
        return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
      })
      .join('');
}

/** `URL` encodes the braces of a template. */
const decodeBraces = (pathname: string): string => pathname.replaceAll('%7B', '{').replaceAll('%7D', '}');

/** The chain of clients as far as it is believed; what a client claims about itself is dropped. */
function forwarded(headers: Record<string, string>, { peer, headers: { host } }: Exchange): void {
  headers['x-forwarded-for'] = peer.forwardedFor;
  headers['x-forwarded-proto'] = peer.scheme;
  if (host !== undefined) headers['x-forwarded-host'] = host;
}

function faultOf(error: NodeJS.ErrnoException, timeoutMs: number): SluiceError {
  if (error instanceof SluiceError) return error;
  switch (error.code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new SluiceError('gateway.timeout', { timeoutMs }, { cause: error }) as unknown as SluiceError;
    default:
      return new SluiceError(
        'gateway.upstream_unreachable',
        { reason: error.code ?? error.message },
        { cause: error },
      ) as unknown as SluiceError;
  }
}
