// Who the bearer of a good token is.

import { type Consumer, WrongCredentials } from '../consumers/consumer.ts';
import type { ConsumerBook } from '../consumers/consumer-book.ts';
import type { Claims } from './judge.ts';

interface Mapping {
  readonly name: string;
  readonly scopeClaim: string;
  readonly consumerClaim?: string | undefined;
}

/** @throws WrongCredentials when the token names no consumer, or none that may call */
export function bearerOf(issuer: Mapping, claims: Claims, consumers: ConsumerBook): Consumer {
  const granted = scopesIn(claims[issuer.scopeClaim]);
  if (issuer.consumerClaim === undefined) {
    const subject = claims.sub ?? claims.client_id;
    if (typeof subject !== 'string' || subject === '') throw new WrongCredentials('the token names no subject');
    // With a slash in it, it is the name of no consumer and of no user that somebody else gave out.
    const name = `${issuer.name}/${subject.slice(0, 200)}`;
    return { name, scopes: new Set(granted ?? []), user: name, scheme: 'token' };
  }
  const name = claims[issuer.consumerClaim];
  const consumer = typeof name === 'string' ? consumers.stored(name) : null;
  if (!consumer?.enabled)
    throw new WrongCredentials(`the claim "${issuer.consumerClaim}" of the token names no consumer that may call`);
  const scopes = consumer.scopes.filter((scope) => granted === null || granted.includes(scope));
  const { limits, user } = consumer;
  return { name: consumer.name, scopes: new Set(scopes), user, limits, scheme: 'token' };
}

/** @returns null when the token says nothing of scopes */
function scopesIn(claim: unknown): readonly string[] | null {
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '');
  if (Array.isArray(claim)) return claim.filter((scope) => typeof scope === 'string');
  return null;
}
