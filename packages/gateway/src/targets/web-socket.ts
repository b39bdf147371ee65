// A WebSocket to the service behind: its handshake is the service's to answer, and then both connections are one.

import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { SluiceError, type TargetOf } from '@sluice/protocol';
import type { Answer, Exchange, Handler } from '../exchange/exchange.ts';
import { handedBack } from '../exchange/headers.ts';
import { pathTemplate } from './path-template.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** The answer 101, with what it leads to. */
export interface Upgraded extends Answer {
  readonly tunnel: { readonly socket: Duplex; readonly head: Buffer };
}

export const isUpgraded = (answer: Answer): answer is Upgraded => 'tunnel' in answer;

/** @param origins  pages that may open one beside those of the host itself; `*` = all */
export function webSocketTarget(
  target: TargetOf<'upstream'>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  origins: readonly string[],
): Handler {
  const { origin, path } = pathTemplate(target.url);
  const url = new URL(origin);
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  return (exchange) => {
    mustBeAllowed(exchange, origins);
    const headers: Record<string, string> = { ...exchange.headers, connection: 'Upgrade', upgrade: 'websocket' };
    headers['x-forwarded-for'] = exchange.peer.forwardedFor;
    headers['x-forwarded-proto'] = exchange.peer.scheme;
    if (!target.keepHost) headers['host'] = url.host;
    return new Promise<Answer>((resolve, reject) => {
      const onward = open(url, { path: path(exchange), method: 'GET', headers, agent: false });
      const late = setTimeout(() => onward.destroy(Object.assign(new Error('late'), { late: true })), timeoutMs);
      exchange.whenGone(() => onward.destroy());
      const answered = (answer: IncomingMessage): Answer => {
        clearTimeout(late);
        return { status: answer.statusCode!, headers: handedBack(answer.headers), body: answer };
      };
      onward.once('upgrade', (answer, socket, head) =>
        resolve({ ...answered(answer), body: null, tunnel: { socket, head } } as Upgraded),
      );
      onward.once('response', (answer) => resolve(answered(answer)));
      onward.once('error', (cause: NodeJS.ErrnoException & { late?: boolean }) => {
        clearTimeout(late);
        reject(
          cause.late
            ? new SluiceError('gateway.timeout', { timeoutMs }, { cause })
            : new SluiceError('gateway.upstream_unreachable', { reason: cause.code ?? cause.message }, { cause }),
        );
      });
      onward.end();
    });
  };
}

/** A browser sends credentials that it keeps along with a handshake of any page, so the page is looked at. */
function mustBeAllowed({ request: { headers } }: Exchange, origins: readonly string[]): void {
  const { origin } = headers;
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return;
  const host = URL.canParse(origin) ? new URL(origin).host : null;
  if (host !== headers.host) throw new SluiceError('gateway.origin_refused', { origin: origin.slice(0, 300) });
}
