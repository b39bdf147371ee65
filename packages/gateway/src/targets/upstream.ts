// A service by its address, or an application's: the request goes on as it is, and so does its answer, both as streams.

import { retryAfterMs, SluiceError, type TargetOf } from '@sluice/protocol';
import type { Dispatcher } from 'undici';
import { discard } from '../exchange/answer.ts';
import { isStream, readAll } from '../exchange/body.ts';
import type { Answer, Exchange, Handler } from '../exchange/exchange.ts';
import type { Applications, Outgoing } from '../ports/applications.ts';
import { pathTemplate } from './path-template.ts';
import { send } from './sending.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** A body as long as this is kept until the service took the token, longer ones pass once. */
const REPEATABLE_BYTES = 1024 * 1024;

export interface UpstreamParts {
  readonly agent: Dispatcher;
  readonly applications: Applications;
  readonly maxBodyBytes: number;
}

export function upstreamTarget(
  target: TargetOf<'upstream'>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  parts: UpstreamParts,
): Handler {
  return target.application === undefined
    ? byAddress(target, timeoutMs, parts.agent)
    : byInstall(target, target.application, timeoutMs, parts);
}

function byAddress(target: TargetOf<'upstream'>, timeoutMs: number, agent: Dispatcher): Handler {
  const { origin, path } = pathTemplate(target.url);
  return (exchange) => {
    const { headers } = exchange;
    forwarded(headers, exchange);
    if (!target.keepHost) delete headers['host'];
    delete headers['expect'];
    return send(agent, { origin, path: path(exchange), headers, timeoutMs }, exchange);
  };
}

function byInstall(
  target: TargetOf<'upstream'>,
  application: string,
  timeoutMs: number,
  { agent, applications, maxBodyBytes }: UpstreamParts,
): Handler {
  const { path } = pathTemplate(target.url);
  return async (exchange) => {
    const user = target.user ?? exchange.user;
    const settle = await applications.permit(application, user, exchange.signal);
    try {
      await makeRepeatable(exchange, applications.signsBody(application), maxBodyBytes);
      const draft = {
        path: path(exchange),
        method: exchange.line.method,
        headers: strangersHeaders(exchange.headers),
        body: isStream(exchange.body) ? null : bytesOf(exchange.body),
      };
      const go = (outgoing: Outgoing): Promise<Answer> =>
        send(
          outgoing.dispatcher ?? agent,
          {
            origin: outgoing.url.origin,
            path: outgoing.url.pathname + outgoing.url.search,
            headers: outgoing.headers,
            timeoutMs,
          },
          exchange,
        );
      const outgoing = await applications.outgoing(application, user, draft);
      let answer = await go(outgoing);
      if (answer.status === 401 && outgoing.token !== null) {
        discard(answer.body);
        const renewed = await applications.outgoing(application, user, draft, outgoing.token);
        if (isStream(exchange.body)) throw new SluiceError('gateway.install_renewed', { application, retryAfterMs: 0 });
        answer = await go(renewed);
      }
      if (answer.status === 401) {
        // The client's own credentials are good: it must not think that these were meant.
        discard(answer.body);
        throw new SluiceError('gateway.install_refused', { application, user });
      }
      if (answer.status === 429) await applications.full(application, user, untilOf(answer));
      return withoutSession(answer);
    } finally {
      settle();
    }
  };
}

/** What belongs to the client and its browser is nothing to a service that knows the install only. */
const NOT_FOR_STRANGERS = new Set(['authorization', 'cookie', 'host', 'expect', 'origin', 'referer', 'forwarded']);

function strangersHeaders(headers: Exchange['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers)
    if (!NOT_FOR_STRANGERS.has(name) && !name.startsWith('x-forwarded-')) kept[name] = headers[name]!;
  return kept;
}

/** A session of the install is not the client's. */
function withoutSession(answer: Answer): Answer {
  const { 'set-cookie': _, 'www-authenticate': __, ...headers } = answer.headers;
  return { ...answer, headers };
}

async function makeRepeatable(exchange: Exchange, whole: boolean, maxBodyBytes: number): Promise<void> {
  if (!isStream(exchange.body)) return;
  const length = Number(exchange.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (whole || length <= REPEATABLE_BYTES) exchange.body = await readAll(exchange.body, maxBodyBytes);
}

const bytesOf = (content: Exchange['body']): Uint8Array | null =>
  typeof content === 'string' ? Buffer.from(content) : (content as Uint8Array | null);

function untilOf({ headers }: Answer): number | undefined {
  const now = Date.now();
  const waitMs = retryAfterMs(headers['retry-after'] as string | undefined, now);
  return waitMs === undefined ? undefined : now + waitMs;
}

/** The chain of clients as far as it is believed; what a client claims about itself is dropped. */
function forwarded(headers: Record<string, string>, { peer, headers: { host } }: Exchange): void {
  headers['x-forwarded-for'] = peer.forwardedFor;
  headers['x-forwarded-proto'] = peer.scheme;
  if (host !== undefined) headers['x-forwarded-host'] = host;
}
