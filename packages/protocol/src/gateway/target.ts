// Where a route of the gateway leads. Templates in `{}` are filled from the path, the query and the consumer of a request.

import { z } from 'zod';

const Name = z.string().min(1).max(200);
/** A user of the platform: whose installs and limits hold. Default: the consumer's. */
const User = z.string().min(1).max(200).optional();

/** 202 as soon as the process is durable. */
const ProcessTarget = z.strictObject({ kind: z.literal('process'), topology: Name, start: Name, user: User });

/** The answer of the process's respond node; when it takes longer, 202 with an address to come back to. */
const WaitTarget = z.strictObject({
  kind: z.literal('wait'),
  topology: Name,
  start: Name,
  user: User,
  waitMs: z.number().int().min(1).max(300_000).default(30_000),
});

/** A method of an application: the whole HTTP request in, the whole answer out, both as streams. */
const MethodTarget = z.strictObject({ kind: z.literal('method'), application: Name, method: Name, user: User });

/** A connector, batch page or custom node of a worker, with no queue in between. */
const ActionTarget = z.strictObject({ kind: z.literal('action'), worker: Name, action: Name, user: User });

/** A service by its address, or an application's base address with its authorisation. */
const UpstreamTarget = z.strictObject({
  kind: z.literal('upstream'),
  /**
   * Absolute, or relative to the base address of the application. What a parameter of the path brings is one segment, encoded;
   * a rest parameter keeps its slashes. Host and scheme take no parameters.
   */
  url: z.string().min(1).max(2_000),
  /** The install that authorises the request. */
  application: Name.optional(),
  user: User,
  /** Hand on `Host` as the client sent it. Default false: the host of `url`. */
  keepHost: z.boolean().default(false),
  /** Take `Upgrade: websocket` and pass frames through. */
  webSocket: z.boolean().default(false),
});

/** The descriptions of routes themselves: OpenAPI 3.1 of this gateway's own routes, at the host that is asked. */
const DescriptionTarget = z.strictObject({
  kind: z.literal('description'),
  title: z.string().min(1).max(200).default('API'),
  /** Text in CommonMark at the top of the document. */
  about: z.string().max(10_000).optional(),
  /** `allowed` (default): what the caller may call. `all`: every enabled route, whoever asks. */
  routes: z.enum(['allowed', 'all']).default('allowed'),
});

/** Nothing yet: who calls is asked, what is sent is checked, and then the answer is 501. */
const UnboundTarget = z.strictObject({ kind: z.literal('unbound') });

const SingleTarget = z.discriminatedUnion('kind', [
  ProcessTarget,
  WaitTarget,
  MethodTarget,
  ActionTarget,
  UpstreamTarget,
]);

/** Several at once, their answers as members of one. */
const AggregateTarget = z.strictObject({
  kind: z.literal('aggregate'),
  parts: z
    .record(
      Name,
      z.strictObject({
        target: SingleTarget,
        /** HTTP method of the part. Default: that of the request. */
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
        /** Without it the whole is answered with `null` in this place. Default true. */
        required: z.boolean().default(true),
      }),
    )
    .refine((parts) => Object.keys(parts).length >= 1 && Object.keys(parts).length <= 20, 'must have 1 to 20 parts'),
});

export const GatewayTarget = z.union([SingleTarget, AggregateTarget, DescriptionTarget, UnboundTarget]);
export type GatewayTarget = z.infer<typeof GatewayTarget>;
export type SingleGatewayTarget = z.infer<typeof SingleTarget>;
export type TargetOf<K extends GatewayTarget['kind']> = Extract<GatewayTarget, { kind: K }>;
