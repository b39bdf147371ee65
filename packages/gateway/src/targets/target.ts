// From a route's target to the handler that calls it.

import type { GatewayTarget, RouteDefinition, SingleGatewayTarget } from '@sluice/protocol';
import type { Dispatcher } from 'undici';
import type { AnswerAddresses } from '../answers/addresses.ts';
import type { Describe } from '../description/descriptions.ts';
import type { Handler } from '../exchange/exchange.ts';
import type { Applications } from '../ports/applications.ts';
import type { Actions, Methods } from '../ports/calls.ts';
import type { Processes } from '../ports/processes.ts';
import { actionTarget } from './action.ts';
import { aggregateTarget } from './aggregate.ts';
import { descriptionTarget } from './description.ts';
import { methodTarget } from './method.ts';
import { processTarget } from './process.ts';
import { unboundTarget } from './unbound.ts';
import { upstreamTarget } from './upstream.ts';
import { answersTarget, waitTarget } from './wait.ts';
import { webSocketTarget } from './web-socket.ts';

export interface TargetParts {
  readonly processes: Processes;
  readonly methods: Methods;
  readonly actions: Actions;
  readonly applications: Applications;
  readonly addresses: AnswerAddresses;
  /** Connections to services. */
  readonly agent: Dispatcher;
  readonly maxBodyBytes: number;
  readonly describe: Describe;
}

export function targetOf(route: RouteDefinition, parts: TargetParts): Handler {
  const { target, timeoutMs } = route;
  switch (target.kind) {
    case 'aggregate': {
      const limits = { timeoutMs, maxBodyBytes: maxBytesOf(route, parts) };
      return aggregateTarget(target, limits, (part) => singleTarget(part, route, parts));
    }
    case 'description':
      return descriptionTarget(target, parts.describe);
    case 'unbound':
      return unboundTarget;
    default:
      return singleTarget(target, route, parts);
  }
}

function singleTarget(target: SingleGatewayTarget, route: RouteDefinition, parts: TargetParts): Handler {
  const maxBodyBytes = maxBytesOf(route, parts);
  switch (target.kind) {
    case 'process':
      return processTarget(target, parts.processes, maxBodyBytes);
    case 'wait':
      return waitTarget(target, waitParts(route, parts));
    case 'method':
      return methodTarget(target, restParameter(route.path), route.timeoutMs, parts.methods);
    case 'action':
      return actionTarget(target, route.timeoutMs, maxBodyBytes, parts.actions);
    case 'upstream':
      return upstreamTarget(target, route.timeoutMs, { ...parts, maxBodyBytes });
  }
}

/** The handler of clients that come back for an answer; null when the target leaves none behind. */
export function answersOf(route: RouteDefinition, parts: TargetParts): Handler | null {
  return targetsIn(route.target).some(({ kind }) => kind === 'wait') ? answersTarget(waitParts(route, parts)) : null;
}

/** The handler of upgrades to WebSocket; null when the target takes none. */
export function webSocketOf({ target, timeoutMs, cors }: RouteDefinition): Handler | null {
  return target.kind === 'upstream' && target.webSocket
    ? webSocketTarget(target, timeoutMs, cors?.origins ?? [])
    : null;
}

const waitParts = (route: RouteDefinition, parts: TargetParts) => ({
  ...parts,
  route: route.name,
  maxBodyBytes: maxBytesOf(route, parts),
});

const targetsIn = (target: GatewayTarget): readonly GatewayTarget[] =>
  target.kind === 'aggregate' ? Object.values(target.parts).map((part) => part.target) : [target];

const maxBytesOf = ({ request }: RouteDefinition, parts: TargetParts): number =>
  request?.maxBytes ?? parts.maxBodyBytes;

const restParameter = (path: string): string | null => /\{([^{}]+)\*\}$/.exec(path)?.[1] ?? null;
