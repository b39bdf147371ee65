// How many requests a route takes: from all, from a consumer, from an address. Exact over replicas and restarts.
//
// Up to 10,000 in a window each permit is known by itself, by the limiter of the engine; more are counted in portions (quota.ts).

import { type ConsumerLimit, type RateLimit, SluiceError } from '@sluice/protocol';
import { problemAnswer } from '../../exchange/answer.ts';
import type { Answer, Exchange, Policy } from '../../exchange/exchange.ts';
import type { Limits } from '../../ports/ports.ts';
import type { Quotas } from './quota.ts';

const MOST_PERMITS = 10_000;

export interface LimitParts {
  readonly limits: Limits;
  readonly quotas: Quotas;
}

/** Limits that hold before anybody is asked who they are: those of an address. */
export function addressLimitPolicy(
  route: string,
  limits: readonly RateLimit[] | undefined,
  parts: LimitParts,
): Policy | null {
  const rules = (limits ?? []).filter(({ per }) => per === 'address').map((limit) => ruleOf(limit, route));
  return rules.length === 0 ? null : limiting(() => rules, parts);
}

/** The others of the route, and those of the consumer over all routes. */
export function limitPolicy(
  route: string,
  limits: readonly RateLimit[] | undefined,
  isPublic: boolean,
  parts: LimitParts,
): Policy | null {
  const rules = (limits ?? []).filter(({ per }) => per !== 'address').map((limit) => ruleOf(limit, route));
  if (rules.length === 0 && isPublic) return null;
  return limiting(({ consumer }) => {
    const own = consumer?.limits;
    return own === undefined || own.length === 0 ? rules : [...rules, ...rulesOfConsumer(own)];
  }, parts);
}

interface Rule {
  readonly limit: ConsumerLimit;
  readonly key: (exchange: Exchange) => string;
  /** As answers name it: `"consumer";q=100;w=60`. */
  readonly policy: string;
  readonly name: string;
}

const known = new WeakMap<readonly ConsumerLimit[], readonly Rule[]>();

function rulesOfConsumer(limits: readonly ConsumerLimit[]): readonly Rule[] {
  let rules = known.get(limits);
  if (!rules) {
    rules = limits.map((limit) => ruleOf({ ...limit, per: 'consumer' }, ''));
    known.set(limits, rules);
  }
  return rules;
}

function ruleOf(limit: RateLimit, route: string): Rule {
  const { amount, windowMs, per } = limit;
  const begin = `${amount}/${windowMs}/gateway:`;
  const key = (exchange: Exchange): string => {
    const consumer = exchange.consumer?.name ?? `address:${exchange.peer.address}`;
    switch (per) {
      case 'route':
        return `${begin}route:${route}`;
      case 'consumer':
        return `${begin}consumer:${consumer}`;
      case 'consumer-route':
        return `${begin}route:${route}/consumer:${consumer}`;
      case 'address':
        return `${begin}route:${route}/address:${exchange.peer.address}`;
    }
  };
  return { limit, key, name: per, policy: `"${per}";q=${amount};w=${Math.max(1, Math.round(windowMs / 1_000))}` };
}

function limiting(rulesOf: (exchange: Exchange) => readonly Rule[], { limits, quotas }: LimitParts): Policy {
  return (next) => async (exchange) => {
    const rules = rulesOf(exchange);
    if (rules.length === 0) return next(exchange);
    const headers = { 'ratelimit-policy': rules.map(({ policy }) => policy).join(', ') };
    const small = rules.filter(({ limit }) => limit.amount <= MOST_PERMITS);
    const large = rules.filter(({ limit }) => limit.amount > MOST_PERMITS);
    const refused = (rule: Rule, retryAfterMs: number): Answer => {
      const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
      const { amount, windowMs } = rule.limit;
      const limit = `of ${amount} in ${windowMs} ms per ${rule.name}`;
      const answer = problemAnswer(
        new SluiceError('gateway.too_many', { limit, retryAfterMs }) as unknown as SluiceError,
        exchange.id,
      );
      return withHeaders(answer, { ...headers, ratelimit: `"${rule.name}";r=0;t=${seconds}` });
    };
    let settle = (): void => {};
    if (small.length > 0) {
      const waitMs = Math.min(...small.map(({ limit }) => limit.waitMs));
      const signal = waitMs > 0 ? exchange.signal : undefined;
      const keys = small.map((rule) => rule.key(exchange));
      const acquired = await limits.acquire(keys, { user: exchange.user, waitMs, signal });
      if (!acquired.granted) return refused(small[0]!, acquired.retryAfterMs);
      settle = acquired.settle;
    }
    try {
      for (const rule of large) {
        const drawn = await quotas.draw(rule.key(exchange), rule.limit);
        if (!drawn.granted) return refused(rule, drawn.retryAfterMs);
      }
      return withHeaders(await next(exchange), headers);
    } finally {
      settle();
    }
  };
}

const withHeaders = (answer: Answer, headers: Answer['headers']): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
