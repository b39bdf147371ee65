// A published version as the runtime walks it: settings with their defaults, followers resolved, queues named.

import type { CallTarget } from '@sluice/protocol';
import {
  type Graph,
  graphOf,
  type Limit,
  type NodeKind,
  type Repeat,
  RepeatSchema,
  type Settings,
  START_KINDS,
  type TopologyModel,
  WORKER_KINDS,
} from '@sluice/topology';
import { queueOf } from './message.ts';

export interface PlanNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly queue: string;
  readonly worker: string | null;
  readonly action: string | null;
  readonly prefetch: number;
  readonly timeoutMs: number;
  readonly repeat: Repeat;
  readonly limit: Limit | null;
  /** JSONata, or `''` for one order over the whole node, or null for none. */
  readonly orderingKey: string | null;
  readonly settings: Settings;
  readonly followers: readonly Follower[];
  /** All outputs go to all followers: no condition has to be asked. */
  readonly asksNothing: boolean;
  /** A message enters the queue as it is: no ordering key, no due time. */
  readonly entersPlain: boolean;
  /** What a call of its worker says about the node; null for a node that calls none. */
  readonly target: CallTarget | null;
}

export interface Follower {
  readonly to: string;
  readonly when: string | null;
}

export interface Plan {
  readonly topology: string;
  readonly version: number;
  readonly nodes: ReadonlyMap<string, PlanNode>;
}

const DEFAULT_PREFETCH = 64;
const DEFAULT_TIMEOUT_MS = 60_000;

/** Kinds that never wait in a queue of their own order: starts are passed in the accept, tasks wait for people. */
const UNORDERED: ReadonlySet<NodeKind> = new Set(['user-task']);

export function planOf(model: TopologyModel, version: number): Plan {
  const graph = graphOf(model);
  return {
    topology: model.name,
    version,
    nodes: new Map(model.nodes.map((node) => [node.id, planNode(graph, node.id, version)])),
  };
}

function planNode(graph: Graph, id: string, version: number): PlanNode {
  const node = graph.node(id)!;
  const settings = node.settings ?? {};
  const prefetch = settings.prefetch ?? DEFAULT_PREFETCH;
  const followers = graph.leaving(id).map(({ to, when }) => ({ to, when: when ?? null }));
  const whole = settings.orderingKey === undefined && prefetch === 1;
  const orderingKey =
    UNORDERED.has(node.kind) || START_KINDS.has(node.kind) ? null : whole ? '' : (settings.orderingKey ?? null);
  return {
    id,
    name: node.name ?? id,
    kind: node.kind,
    queue: queueOf(graph.model.name, version, id),
    worker: node.worker ?? null,
    action: node.action ?? null,
    prefetch,
    timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    repeat: RepeatSchema.parse(settings.repeat ?? {}),
    limit: settings.limit ?? null,
    orderingKey,
    settings,
    followers,
    asksNothing: node.kind !== 'router' && followers.every(({ when }) => when === null),
    entersPlain: orderingKey === null && node.kind !== 'delay',
    target: WORKER_KINDS.has(node.kind)
      ? {
          topology: graph.model.name,
          version,
          node: id,
          kind: node.kind as CallTarget['kind'],
          action: node.action ?? '',
          followers: followers.map(({ to }) => ({ id: to, name: graph.node(to)?.name ?? to })),
        }
      : null,
  };
}
