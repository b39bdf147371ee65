// From a route's target to the handler that calls it.

import type { GatewayTarget } from '@sluice/protocol';
import type { Dispatcher } from 'undici';
import type { Describe } from '../description/descriptions.ts';
import type { Handler } from '../exchange/exchange.ts';
import type { Processes } from '../ports/ports.ts';
import { descriptionTarget } from './description.ts';
import { processTarget } from './process.ts';
import { unboundTarget } from './unbound.ts';
import { upstreamTarget } from './upstream.ts';

export interface TargetParts {
  readonly processes: Processes;
  /** Connections to services. */
  readonly agent: Dispatcher;
  readonly maxBodyBytes: number;
  readonly describe: Describe;
}

export interface TargetLimits {
  readonly timeoutMs: number | undefined;
  readonly maxBodyBytes: number | undefined;
}

export function targetOf(target: GatewayTarget, limits: TargetLimits, parts: TargetParts): Handler {
  const maxBodyBytes = limits.maxBodyBytes ?? parts.maxBodyBytes;
  switch (target.kind) {
    case 'process':
      return processTarget(target, parts.processes, maxBodyBytes);
    case 'upstream':
      return upstreamTarget(target, limits.timeoutMs, parts.agent);
    case 'description':
      return descriptionTarget(target, parts.describe);
    case 'unbound':
      return unboundTarget;
    case 'wait':
    case 'method':
    case 'action':
    case 'aggregate':
      throw new Error(`The target kind ${target.kind} is not built yet.`);
  }
}
