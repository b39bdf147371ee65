// A method of an application: the request as it came, the answer as the method gives it, both as streams.

import { Readable } from 'node:stream';
import { methodHeaders, SluiceError, type TargetOf } from '@sluice/protocol';
import { isStream } from '../exchange/body.ts';
import type { Answer, Content, Exchange, Handler } from '../exchange/exchange.ts';
import type { Methods } from '../ports/calls.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
const STOPPED: Answer = { status: 204, headers: { 'sluice-outcome': 'stopped' }, body: null };

/** @param rest  name of the rest parameter of the route's path: what follows the name of the method */
export function methodTarget(
  target: TargetOf<'method'>,
  rest: string | null,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  methods: Methods,
): Handler {
  const { application, method: name } = target;
  return async (exchange) => {
    const { method } = exchange.line;
    const allowed = methods.allowed(application, name);
    if (!allowed.includes(method))
      throw new SluiceError('sync.method_not_allowed', { application, method: name, got: method, allowed });
    if (method === 'OPTIONS' && !methods.declares(application, name, 'OPTIONS'))
      return { status: 204, headers: { allow: allowed.join(', ') }, body: null };
    const answer = await methods.call(
      {
        application,
        name,
        user: target.user ?? exchange.user,
        httpMethod: method,
        path: restOf(exchange, rest),
        query: exchange.query,
        headers: methodHeaders(exchange.headers),
        timeoutMs,
      },
      chunksOf(exchange.body),
      exchange.signal,
    );
    if (answer.kind === 'stopped') return STOPPED;
    return {
      status: answer.status,
      headers: answer.headers,
      body: Readable.from(answer.body, { objectMode: false }),
    };
  };
}

function restOf({ params }: Exchange, rest: string | null): string {
  const value = rest === null ? undefined : params[rest];
  return value === undefined || value === '' ? '' : `/${value.split('/').map(encodeURIComponent).join('/')}`;
}

function chunksOf(content: Content): AsyncIterable<Uint8Array> | null {
  if (content === null) return null;
  if (isStream(content)) return content;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return bytes.length === 0 ? null : Readable.from([bytes]);
}
