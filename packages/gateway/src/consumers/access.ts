// Who may: every route says so, and what no scheme recognises is refused (A1).

import { networkOf, type RouteAccess, SluiceError } from '@sluice/protocol';
import type { Exchange, Policy } from '../exchange/exchange.ts';
import { type Consumer, type Scheme, WrongCredentials } from './consumer.ts';
import type { Guesses } from './guesses.ts';
import { KEY_HEADER, KEY_PREFIX } from './schemes/api-key.ts';

export interface AccessParts {
  /** In the order in which they are asked. */
  readonly schemes: readonly Scheme[];
  readonly guesses: Guesses;
}

/** Names under which credentials are sent where they must not be. */
const CREDENTIAL_NAMES = /(?:^|&)(x-api-key|api[_-]?key|apikey|access_token|token|key)=/i;

/** @param maxBodyBytes  how much of a body a scheme may read */
export function accessPolicy(access: RouteAccess, parts: AccessParts, maxBodyBytes: number): Policy {
  if ('public' in access)
    return (next) => (exchange) => {
      // Nobody is asked; but a key that came along is ours, and goes no further.
      if (exchange.headers[KEY_HEADER]?.startsWith(KEY_PREFIX)) delete exchange.headers[KEY_HEADER];
      return next(exchange);
    };
  const { scopes, consumers } = access;
  const named = consumers && new Set(consumers);
  const schemes = access.schemes ? parts.schemes.filter(({ kind }) => access.schemes!.includes(kind)) : parts.schemes;
  return (next) => async (exchange) => {
    const consumer = await identify(exchange, schemes, parts.guesses, maxBodyBytes);
    if (exchange.headers[KEY_HEADER]?.startsWith(KEY_PREFIX)) delete exchange.headers[KEY_HEADER];
    if ((named && !named.has(consumer.name)) || !scopes.every((scope) => consumer.scopes.has(scope)))
      throw new SluiceError('gateway.forbidden', { scopes, ...tokenChallenge(consumer, scopes) });
    exchange.consumer = consumer;
    return next(exchange);
  };
}

/** Whether a route lets this caller in; null = nobody knows who calls. */
export function allows(access: RouteAccess, consumer: Consumer | null): boolean {
  if ('public' in access) return true;
  if (consumer === null) return false;
  return (
    (access.schemes?.includes(consumer.scheme) ?? true) &&
    (access.consumers?.includes(consumer.name) ?? true) &&
    access.scopes.every((scope) => consumer.scopes.has(scope))
  );
}

async function identify(
  exchange: Exchange,
  schemes: readonly Scheme[],
  guesses: Guesses,
  maxBodyBytes: number,
): Promise<Consumer> {
  if (exchange.query.includes(KEY_PREFIX)) throw new SluiceError('gateway.key_in_query', { name: KEY_PREFIX });
  let reason: string | undefined;
  try {
    for (const scheme of schemes) {
      const found = scheme.identify(exchange, maxBodyBytes);
      // Most schemes know at once; only a promise is waited for.
      const consumer = found instanceof Promise ? await found : found;
      if (consumer) return consumer;
    }
  } catch (error) {
    if (!(error instanceof WrongCredentials)) throw error;
    reason = error.message;
    if (!error.counted) guesses.wrong(networkOf(exchange.peer.address));
  }
  const [, name] = reason === undefined ? (CREDENTIAL_NAMES.exec(exchange.query) ?? []) : [];
  if (name !== undefined) throw new SluiceError('gateway.key_in_query', { name });
  const offered = schemes.filter((scheme) => scheme.offered());
  throw new SluiceError('gateway.unauthenticated', {
    schemes: offered.map(({ title }) => title),
    challenges: offered.flatMap(({ kind, challenge }) =>
      challenge === null
        ? []
        : [reason !== undefined && kind === 'token' ? `${challenge}, error="invalid_token"` : challenge],
    ),
    reason,
  });
}

/** RFC 6750, section 3.1: what a token would have to bring. */
function tokenChallenge(consumer: Consumer, scopes: readonly string[]): { challenges?: readonly string[] } {
  if (consumer.scheme !== 'token') return {};
  const words = scopes.filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)).join(' ');
  return { challenges: [`Bearer realm="gateway", error="insufficient_scope", scope="${words}"`] };
}
