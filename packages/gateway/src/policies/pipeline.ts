// The order of policies, from the client inwards. Each is made from a route's definition, or is not there at all.
//
//   trace          every answer and every call can be found again, whatever happens below
//   cors           a preflight has no credentials, and a page may read why it was refused
//   address limit  before anybody is asked who they are: guessing is limited too
//   access         nothing is done for who may not
//   limits         of a consumer, who is known now; before anything costs time
//   body limit     before anybody reads
//   header rules   what is set for the target is seen by all below; what is set for the client stands over all of them
//   compression    the last thing done to an answer, so that nothing below meets compressed bytes
//   parameters     of query and path against their schemas: cheap, and without the body
//   idempotency    over the request as it was sent; a repeat costs nothing of what is below
//   cache          keeps what is ready to be sent: mapped, in the format that was asked for
//   content        format, schema, mapping: once for all attempts
//   timeout        over all attempts together
//   retry          each attempt is judged by the circuit
//   circuit        next to the target, which it is about

import type { DataStore, Expressions } from '@sluice/engine';
import type { RouteDefinition } from '@sluice/protocol';
import { type AccessParts, accessPolicy } from '../consumers/access.ts';
import type { Handler, Policy } from '../exchange/exchange.ts';
import { bodyLimitPolicy } from './body-limit.ts';
import { cachePolicy } from './cache/cache.ts';
import type { CacheStore } from './cache/store.ts';
import { circuitPolicy } from './circuit.ts';
import { compressionPolicy } from './compression.ts';
import { contentPolicy } from './content/content-policy.ts';
import { Mapper } from './content/mapper.ts';
import { corsPolicy } from './cors.ts';
import { headerPolicy } from './header-rules.ts';
import { idempotencyPolicy } from './idempotency.ts';
import { addressLimitPolicy, type LimitParts, limitPolicy } from './limits/rate-limit.ts';
import { parameterSchemasPolicy } from './parameter-schemas.ts';
import { retryPolicy } from './retry.ts';
import { timeoutPolicy } from './timeout.ts';
import { tracePolicy } from './trace.ts';

export interface PolicyParts extends LimitParts {
  readonly access: AccessParts;
  /** Where a route says nothing. */
  readonly maxBodyBytes: number;
  readonly data: DataStore;
  readonly expressions: Expressions;
  readonly cache: CacheStore;
  readonly now: () => number;
  readonly random: () => number;
}

/** A body that must be read whole, where a route says nothing: what looks at it holds up everybody else. */
const WHOLE_BYTES = 1_048_576;

/** @returns one handler: all policies of the route around its target */
export function pipelineOf(route: RouteDefinition, parts: PolicyParts, target: Handler): Handler {
  const { name, request, response } = route;
  const wholeBytes = request?.maxBytes ?? Math.min(WHOLE_BYTES, parts.maxBodyBytes);
  const policies: readonly (Policy | null)[] = [
    tracePolicy,
    corsPolicy(route.cors, route.methods),
    addressLimitPolicy(name, route.limits, parts),
    accessPolicy(route.access, parts.access, wholeBytes),
    limitPolicy(name, route.limits, 'public' in route.access, parts),
    bodyLimitPolicy(request?.maxBytes ?? parts.maxBodyBytes),
    headerPolicy(request?.headers, response?.headers),
    compressionPolicy(response?.compress),
    parameterSchemasPolicy(request),
    idempotencyPolicy(name, route.idempotency, { data: parts.data, now: parts.now, maxBodyBytes: wholeBytes }),
    cachePolicy(route.cache, parts.cache),
    contentPolicy(route, new Mapper(parts.expressions, wholeBytes), wholeBytes),
    timeoutPolicy(route.retry !== undefined, route.timeoutMs),
    retryPolicy(route.retry, parts.random),
    circuitPolicy(route.circuit, parts.now),
  ];
  return policies.reduceRight<Handler>((next, policy) => (policy ? policy(next) : next), target);
}

/** The same for an upgrade: what looks at bodies and answers has nothing to look at. */
export function upgradePipelineOf(route: RouteDefinition, parts: PolicyParts, target: Handler): Handler {
  const { response: _, cache: __, retry: ___, circuit: ____, idempotency: _____, cors: ______, ...rest } = route;
  const headers = route.request?.headers;
  return pipelineOf({ ...rest, request: headers && { headers } }, parts, target);
}
