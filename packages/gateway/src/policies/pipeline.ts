// The order of policies, from the client inwards. Each is made from a route's definition, or is not there at all.

import type { RouteDefinition } from '@sluice/protocol';
import { type AccessParts, accessPolicy } from '../consumers/access.ts';
import type { Handler, Policy } from '../exchange/exchange.ts';
import { bodyLimitPolicy } from './body-limit.ts';
import { headerPolicy } from './header-rules.ts';

export interface PolicyParts {
  readonly access: AccessParts;
  /** Where a route says nothing. */
  readonly maxBodyBytes: number;
}

/** @returns one handler: all policies of the route around its target */
export function pipelineOf(route: RouteDefinition, parts: PolicyParts, target: Handler): Handler {
  const maxBodyBytes = route.request?.maxBytes ?? parts.maxBodyBytes;
  const policies: readonly (Policy | null)[] = [
    accessPolicy(route.access, parts.access, maxBodyBytes),
    bodyLimitPolicy(maxBodyBytes),
    headerPolicy(route.request?.headers, route.response?.headers),
  ];
  return policies.reduceRight<Handler>((next, policy) => (policy ? policy(next) : next), target);
}

/** The same for an upgrade: what looks at bodies and answers has nothing to look at. */
export function upgradePipelineOf(route: RouteDefinition, parts: PolicyParts, target: Handler): Handler {
  const { response: _, cache: __, retry: ___, circuit: ____, idempotency: _____, cors: ______, ...rest } = route;
  const headers = route.request?.headers;
  return pipelineOf({ ...rest, request: headers && { headers } }, parts, target);
}
