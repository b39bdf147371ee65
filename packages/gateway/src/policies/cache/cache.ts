// A shared cache by RFC 9111. What may be kept, for how long, and what must be asked again is the arithmetic of
// http-cache-semantics; here is whose an answer is, and that one request asks for all who wait.
//
// Whose: what a consumer got is for that consumer, unless the answer says `public` or `s-maxage`, or the route is public. A request
// with credentials of its own (Authorization, Cookie) passes by, and an answer that sets a cookie is never kept.
// What a client can say and a service may believe is either in the key (host, path, query), or in `Vary`, or not handed on.

import type { CachePolicy as CacheRules } from '@sluice/protocol';
import CachePolicy from 'http-cache-semantics';
import { discard } from '../../exchange/answer.ts';
import { readUpTo } from '../../exchange/body.ts';
import type { Answer, Exchange, Handler, Policy } from '../../exchange/exchange.ts';
import { etagOf, isUnchanged, notModified } from './conditions.ts';
import type { CacheStore, Entry } from './store.ts';

/** Services build addresses from them, and no key has them: on a route with a cache they go no further. */
const UNKEYED = [
  ...[
    'x-forwarded-host',
    'x-forwarded-scheme',
    'x-forwarded-port',
    'x-forwarded-prefix',
    'x-forwarded-server',
    'x-host',
  ],
  ...['x-original-url', 'x-rewrite-url', 'x-http-method-override', 'x-original-host', 'forwarded'],
];

export function cachePolicy(rules: CacheRules | undefined, store: CacheStore): Policy | null {
  if (!rules) return null;
  const owner = store.owner();
  const names = rules.query && new Set(rules.query);
  return (next) => {
    const cache = new RouteCache(rules, store, next);
    return async (exchange) => {
      // What makes no difference is not handed on: it cannot make one.
      if (names) exchange.query = only(exchange.query, names);
      for (const name of UNKEYED) delete exchange.headers[name];
      const { method } = exchange.line;
      const about = `${exchange.headers.host ?? ''} ${exchange.line.path}?${exchange.query}`;
      const keys = {
        all: `${owner}* ${about}`,
        own: exchange.consumer ? `${owner}@${exchange.consumer.name} ${about}` : `${owner}* ${about}`,
      };
      if (method !== 'GET') {
        const answer = await next(exchange);
        // What was changed is not what is kept.
        if (method !== 'HEAD' && method !== 'OPTIONS' && answer.status < 400)
          for (const key of Object.values(keys)) store.forget(key);
        return answer;
      }
      const { authorization, cookie, range } = exchange.headers;
      if (authorization !== undefined || cookie !== undefined || range !== undefined) return next(exchange);
      return cache.answer(exchange, keys);
    };
  };
}

interface Keys {
  /** Of answers that all may have. */
  readonly all: string;
  /** Of those of this consumer. */
  readonly own: string;
}

interface Fetched {
  readonly answer: Answer;
  /** Null: it was not kept. */
  readonly entry: Entry | null;
}

/** How long an answer is waited for that no client waits for. */
const BEHIND_MS = 60_000;

class RouteCache {
  readonly #rules: CacheRules;
  readonly #store: CacheStore;
  readonly #next: Handler;
  /** Who asks for what somebody asks for already waits for that answer. */
  readonly #underWay = new Map<string, Promise<Fetched>>();

  constructor(rules: CacheRules, store: CacheStore, next: Handler) {
    this.#rules = rules;
    this.#store = store;
    this.#next = next;
  }

  async answer(exchange: Exchange, keys: Keys): Promise<Answer> {
    const conditions = takeConditions(exchange);
    const request = requestOf(exchange);
    const kept = this.#store.find(keys.own, exchange.headers) ?? this.#store.find(keys.all, exchange.headers);
    if (!kept) return conditional(await this.#shared(exchange, keys, null, request), conditions);
    const { response, revalidation } = kept.policy.evaluateRequest(request);
    if (!response) return conditional(await this.#shared(exchange, keys, kept, request), conditions);
    // Stale, and good enough while it is asked for again; when that fails it is asked for again by the next one.
    if (revalidation) {
      // The client has its answer and goes; what is asked behind its back goes on.
      const behind = exchange.part(exchange.line.method, null, AbortSignal.timeout(BEHIND_MS));
      void this.#shared(behind, keys, kept, request).catch(() => {});
    }
    return conditional(fromEntry(kept, revalidation ? 'hit; detail=stale' : 'hit'), conditions);
  }

  async #shared(exchange: Exchange, keys: Keys, stale: Entry | null, request: CachePolicy.Request): Promise<Answer> {
    const waiting = this.#underWay.get(keys.own);
    if (waiting) {
      await waiting.catch(() => null);
      const entry = this.#store.find(keys.own, exchange.headers) ?? this.#store.find(keys.all, exchange.headers);
      if (entry?.policy.satisfiesWithoutRevalidation(request)) return fromEntry(entry, 'hit; collapsed');
      return (await this.#fetch(exchange, keys, stale, request)).answer;
    }
    const fetching = this.#fetch(exchange, keys, stale, request);
    this.#underWay.set(keys.own, fetching);
    try {
      return (await fetching).answer;
    } finally {
      this.#underWay.delete(keys.own);
    }
  }

  async #fetch(exchange: Exchange, keys: Keys, stale: Entry | null, request: CachePolicy.Request): Promise<Fetched> {
    if (!stale) return this.#keep(await this.#next(exchange), exchange, keys, request);
    const asked = stale.policy.revalidationHeaders(request);
    exchange.headers = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]));
    let answer: Answer;
    try {
      answer = await this.#next(exchange);
    } catch (error) {
      if (stale.policy.revalidatedPolicy(request, { status: 500, headers: {} }).modified) throw error;
      return { answer: fromEntry(stale, 'hit; detail=stale-if-error'), entry: stale };
    }
    takeConditions(exchange);
    const { policy, modified } = stale.policy.revalidatedPolicy(request, {
      status: answer.status,
      headers: flat(this.#withTtl(answer.headers)),
    });
    if (modified) return this.#keep(answer, exchange, keys, request);
    discard(answer.body);
    const entry = { ...stale, policy };
    if (answer.status === 304) this.#store.put(keyFor(entry.headers, keys), exchange.headers, entry);
    return { answer: fromEntry(entry, 'fwd=stale; fwd-status=304'), entry };
  }

  async #keep(answer: Answer, exchange: Exchange, keys: Keys, request: CachePolicy.Request): Promise<Fetched> {
    const headers = this.#withTtl(answer.headers);
    const policy = new CachePolicy(
      request,
      { status: answer.status, headers: flat(headers) },
      { shared: true, cacheHeuristic: 0 },
    );
    const length = Number([headers['content-length']].flat()[0] ?? 0);
    const mayBeKept =
      policy.storable() &&
      (policy.timeToLive() > 0 || headers.etag !== undefined || headers['last-modified'] !== undefined) &&
      headers['set-cookie'] === undefined &&
      !String(headers.vary ?? '').includes('*') &&
      answer.status !== 206 &&
      length <= this.#rules.maxBytes;
    if (!mayBeKept) return { answer, entry: null };
    const { whole, body } = await readUpTo(answer.body, this.#rules.maxBytes);
    if (!whole) return { answer: { ...answer, body }, entry: null };
    const named = headers.etag === undefined && whole.length > 0 ? { ...headers, etag: etagOf(whole) } : headers;
    const entry: Entry = { policy, status: answer.status, headers: named, body: whole };
    this.#store.put(keyFor(headers, keys), exchange.headers, entry);
    return {
      answer: { status: answer.status, headers: { ...named, 'cache-status': 'sluice; fwd=miss; stored' }, body: whole },
      entry,
    };
  }

  #withTtl(headers: Answer['headers']): Answer['headers'] {
    const { defaultTtlMs } = this.#rules;
    if (defaultTtlMs === 0 || headers['cache-control'] !== undefined || headers.expires !== undefined) return headers;
    return { ...headers, 'cache-control': `max-age=${Math.ceil(defaultTtlMs / 1_000)}` };
  }
}

/** Credentials are gone from the request by now, so `max-age` alone does not say that all may have it. */
const keyFor = (headers: Answer['headers'], { all, own }: Keys): string =>
  /(^|[\s,])(public|s-maxage)\b/i.test(String(headers['cache-control'] ?? '')) ? all : own;

function fromEntry({ policy, status, headers: { etag }, body }: Entry, how: string): Answer {
  const headers = policy.responseHeaders() as Record<string, string>;
  return {
    status,
    headers: { ...(etag === undefined ? {} : { etag }), ...headers, 'cache-status': `sluice; ${how}` },
    body,
  };
}

/** What a client has already is compared here; the service is asked for the whole. */
function takeConditions(exchange: Exchange): Readonly<Record<string, string | undefined>> {
  const { 'if-none-match': none, 'if-modified-since': since, ...headers } = exchange.headers;
  exchange.headers = headers;
  return { 'if-none-match': none, 'if-modified-since': since };
}

function conditional(answer: Answer, conditions: Readonly<Record<string, string | undefined>>): Answer {
  if (answer.status !== 200 || !isUnchanged(conditions, answer.headers)) return answer;
  discard(answer.body);
  return notModified(answer.headers);
}

const requestOf = ({ line, query, headers }: Exchange): CachePolicy.Request => ({
  method: line.method,
  url: `${line.path}?${query}`,
  headers: { ...headers },
});

const flat = (headers: Answer['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')]),
  );

function only(query: string, names: ReadonlySet<string>): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query)) if (names.has(name)) kept.append(name, value);
  kept.sort();
  return kept.toString();
}
