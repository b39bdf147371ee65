// A route of the gateway: which requests, who may, what is done to them, where they go.

import { z } from 'zod';
import { ACCESS_SCHEMES } from './consumer.ts';
import {
  CachePolicy,
  CircuitPolicy,
  CorsPolicy,
  IdempotencyPolicy,
  RateLimit,
  RequestPolicies,
  ResponsePolicies,
  RetryPolicy,
} from './policies.ts';
import { GatewayTarget } from './target.ts';

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be lower-case letters, digits and hyphens');
const Millis = z.number().int();

export const GATEWAY_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];

/**
 * `/orders/{id}`: a parameter is one segment; `/files/{rest*}`: a rest parameter is all that follows, at the end only.
 * Literal segments are compared as they are, case included.
 */
const Path = z
  .string()
  .max(500)
  .regex(
    /^\/(?:(?:[A-Za-z0-9._~!$&'()+,;=:@-]|%[0-9A-F]{2})+|\{[A-Za-z_][A-Za-z0-9_]*\*?\}|\/)*$/,
    'must be a path such as /orders/{id} or /files/{rest*}',
  )
  .refine((path) => !path.includes('//') && !path.split('/').some((part) => part === '.' || part === '..'), {
    message: 'must have no empty, "." or ".." segment',
  })
  .refine((path) => path.split('/').every((part) => !/[{}]/.test(part) || /^\{[^{}]+\}$/.test(part)), {
    message: 'a parameter must be a whole segment',
  })
  .refine((path) => path.indexOf('*}') < 0 || path.indexOf('*}') === path.length - 2, {
    message: 'a rest parameter must be the last segment',
  });

/** `api.example.com` or `*.example.com`. */
const Host = z
  .string()
  .max(253)
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    'must be a host name in lower case',
  );

/** Who may. There is no default: a route that does not say so is refused. */
export const RouteAccess = z.union([
  z.strictObject({
    /** Nobody is asked who they are; and why that is right. */
    public: z.string().min(1).max(500),
  }),
  z.strictObject({
    /** All of them are needed. Empty: any consumer. */
    scopes: z.array(z.string().min(1).max(100)).max(50),
    /** Only these consumers. Default: any that have the scopes. */
    consumers: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
    /** Only these ways to prove who one is. Default: all. */
    schemes: z.array(z.enum(ACCESS_SCHEMES)).min(1).optional(),
  }),
]);
export type RouteAccess = z.infer<typeof RouteAccess>;

export const RouteDefinition = z.strictObject({
  name: Slug,
  summary: z.string().max(300).optional(),
  description: z.string().max(10_000).optional(),
  tags: z.array(z.string().min(1).max(100)).max(20).optional(),
  /** Default: any. */
  host: Host.optional(),
  path: Path,
  methods: z.array(z.enum(GATEWAY_METHODS)).min(1),
  access: RouteAccess,
  target: GatewayTarget,
  /** The operation of a description that it was made from; a newer description changes it. */
  contract: z.strictObject({ name: Slug, operation: z.string().min(1).max(600) }).optional(),
  limits: z.array(RateLimit).max(10).optional(),
  request: RequestPolicies.optional(),
  response: ResponsePolicies.optional(),
  cors: CorsPolicy.optional(),
  /** Until the target's answer begins. Default 60 s. */
  timeoutMs: z.number().int().min(1).max(600_000).optional(),
  retry: RetryPolicy.optional(),
  circuit: CircuitPolicy.optional(),
  cache: CachePolicy.optional(),
  idempotency: IdempotencyPolicy.optional(),
});
export type RouteDefinition = z.infer<typeof RouteDefinition>;
export type RouteDefinitionInput = z.input<typeof RouteDefinition>;

/** Which versions get requests, in percent; the sum is 100. */
export const RouteTraffic = z.array(
  z.strictObject({ version: z.number().int().min(1), percent: z.number().min(0).max(100) }),
);
export type RouteTraffic = z.infer<typeof RouteTraffic>;

/** What went through a route in the last hour. */
export const GatewayTraffic = z.object({
  route: z.string(),
  /** The oldest first; without minutes in which nothing went through. */
  minutes: z.array(
    z.object({
      /** Of its beginning. */
      at: Millis,
      requests: z.number().int(),
      /** By class, `2xx` to `5xx`; `1xx` are connections that were upgraded; `499` counts as `4xx`: the client was gone. */
      statuses: z.record(z.string(), z.number().int()),
      /** Upper bounds of the durations, in ms. */
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
    }),
  ),
});
export type GatewayTraffic = z.infer<typeof GatewayTraffic>;

export const RouteView = z.object({
  name: z.string(),
  enabled: z.boolean(),
  /** Newest version. */
  version: z.number().int(),
  versions: z.array(z.number().int()),
  traffic: RouteTraffic,
  /** The version that gets most of the traffic. */
  definition: RouteDefinition,
  createdAt: Millis,
  changedAt: Millis,
});
export type RouteView = z.infer<typeof RouteView>;
