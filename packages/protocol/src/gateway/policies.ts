// What a route of the gateway does to requests and answers. Every member is optional; what is not said is not done.

import { z } from 'zod';

const Millis = (most: number) => z.number().int().min(1).max(most);
const HeaderName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'must be the name of a header');
const HeaderValue = z
  .string()
  .max(8_000)
  .regex(/^[\t -~\u0080-\u00ff]*$/, 'must be one line');
/** JSONata over `{headers, body, user, params, query, method, path, consumer}`; of an answer over `{headers, body, status}`. */
const Expression = z.string().min(1).max(10_000);
const Schema = z.union([z.boolean(), z.record(z.string(), z.unknown())]);

/**
 * At most `amount` requests in any `windowMs`; exact over replicas and restarts. From 10,001 on permits are counted in portions:
 * never more than `amount`, and each comes back up to a sixtieth of the window late. Those do not wait.
 */
export const RateLimit = z.strictObject({
  amount: z.number().int().min(1).max(1_000_000),
  windowMs: Millis(31 * 86_400_000),
  /** Who shares it. */
  per: z.enum(['route', 'consumer', 'consumer-route', 'address']).default('consumer-route'),
  /** How long a request may wait for its turn before it is answered with 429. */
  waitMs: z.number().int().min(0).max(60_000).default(0),
});
export type RateLimit = z.infer<typeof RateLimit>;
/** A limit of a consumer over all routes. */
export type ConsumerLimit = Omit<RateLimit, 'per'>;

export const HeaderRules = z.strictObject({
  set: z.record(HeaderName, HeaderValue).default({}),
  /** Only where it is not there. */
  add: z.record(HeaderName, HeaderValue).default({}),
  remove: z.array(HeaderName).max(100).default([]),
});
export type HeaderRules = z.infer<typeof HeaderRules>;

export const CONTENT_FORMATS = ['json', 'xml', 'form', 'csv'] as const;
export type ContentFormat = (typeof CONTENT_FORMATS)[number];

export const RequestPolicies = z.strictObject({
  maxBytes: z.number().int().min(0).max(1_073_741_824).optional(),
  /** Formats that are taken and turned into JSON. */
  accepts: z.array(z.enum(CONTENT_FORMATS)).min(1).optional(),
  /** JSON Schema 2020-12 of the body. */
  schema: Schema.optional(),
  /** JSON Schema 2020-12 of an object with the members of the query. */
  query: Schema.optional(),
  /** JSON Schema 2020-12 of an object with the parameters of the path. */
  params: Schema.optional(),
  /** The body that the target gets. */
  map: Expression.optional(),
  headers: HeaderRules.optional(),
});

export const ResponsePolicies = z.strictObject({
  /** The body that the client gets. */
  map: Expression.optional(),
  /** JSON Schema 2020-12 of the body of a 2xx; an answer that breaks it becomes 502. Other answers are not judged. */
  schema: Schema.optional(),
  /** Formats that a client may ask for by `Accept`; the first is the default. */
  produces: z.array(z.enum(CONTENT_FORMATS)).min(1).optional(),
  headers: HeaderRules.optional(),
  /** Compress what is worth it, as the client accepts. */
  compress: z.boolean().optional(),
});

export const CorsPolicy = z.strictObject({
  /** Origins, or `*` for any (then without credentials). */
  origins: z.array(z.string().min(1).max(300)).min(1).max(100),
  headers: z.array(HeaderName).max(100).default([]),
  exposed: z.array(HeaderName).max(100).default([]),
  credentials: z.boolean().default(false),
  maxAgeS: z.number().int().min(0).max(86_400).default(600),
});
export type CorsPolicy = z.infer<typeof CorsPolicy>;

/** Repeats of a request that had no effect yet: idempotent methods, or any with an idempotency key. */
export const RetryPolicy = z.strictObject({
  attempts: z.number().int().min(1).max(5),
  statuses: z.array(z.number().int().min(400).max(599)).max(50).default([502, 503, 504]),
  delayMs: Millis(10_000).default(100),
  /** Of all requests of the route, at most this part may be repeats. */
  budget: z.number().min(0.01).max(1).default(0.2),
});
export type RetryPolicy = z.infer<typeof RetryPolicy>;

/** Answer at once with 503 while the target is broken. */
export const CircuitPolicy = z.strictObject({
  /** Failures in a row that open it. */
  failures: z.number().int().min(1).max(1_000).default(5),
  openMs: Millis(600_000).default(10_000),
});
export type CircuitPolicy = z.infer<typeof CircuitPolicy>;

/** Shared cache by RFC 9111: what the target allows, and no more. */
export const CachePolicy = z.strictObject({
  /** For answers that do not say how long they are fresh. */
  defaultTtlMs: z.number().int().min(0).max(86_400_000).default(0),
  /** Names of the query that make a difference. Default: all. */
  query: z.array(z.string().min(1).max(200)).max(50).optional(),
  maxBytes: z.number().int().min(1).max(67_108_864).default(1_048_576),
});
export type CachePolicy = z.infer<typeof CachePolicy>;

/** A request with a known `Idempotency-Key` of the same consumer gets the answer of the first. */
export const IdempotencyPolicy = z.strictObject({
  required: z.boolean().default(false),
  keepMs: Millis(30 * 86_400_000).default(86_400_000),
});
export type IdempotencyPolicy = z.infer<typeof IdempotencyPolicy>;
