// Who may: every route says so, and what no scheme recognises is refused (A1).

import { type RouteAccess, SluiceError } from '@sluice/protocol';
import type { Exchange, Policy } from '../exchange/exchange.ts';
import type { Consumer, Scheme } from './consumer.ts';

/** @returns null for a public route: nobody is asked */
export function accessPolicy(access: RouteAccess, schemes: readonly Scheme[]): Policy | null {
  if ('public' in access) return null;
  const { scopes, consumers } = access;
  const named = consumers && new Set(consumers);
  return (next) => async (exchange) => {
    const consumer = await identify(exchange, schemes);
    if ((named && !named.has(consumer.name)) || !scopes.every((scope) => consumer.scopes.has(scope)))
      throw new SluiceError('gateway.forbidden', { scopes });
    exchange.consumer = consumer;
    return next(exchange);
  };
}

async function identify(exchange: Exchange, schemes: readonly Scheme[]): Promise<Consumer> {
  for (const scheme of schemes) {
    const found = scheme.identify(exchange);
    // Most schemes know at once; only a promise is waited for.
    const consumer = found instanceof Promise ? await found : found;
    if (consumer) return consumer;
  }
  throw new SluiceError('gateway.unauthenticated', { schemes: schemes.map(({ name }) => name) });
}
