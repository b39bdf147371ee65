// A published version as the runtime walks it: settings with their defaults, followers resolved, queues named.

import type { CallTarget } from '@sluice/protocol';
import {
  type Graph,
  graphOf,
  isStart,
  type Limit,
  type NodeKind,
  type Repeat,
  RepeatSchema,
  type Settings,
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
  /** A message enters the queue as it is: no ordering key, no due time, no timer, no breakpoint. */
  readonly entersPlain: boolean;
  readonly isStart: boolean;
  /** Where a message goes instead of trash, in the order they are asked; the one for all codes is last. */
  readonly errors: readonly ErrorPath[];
  /** Where a message goes that was here too long. */
  readonly timer: { readonly to: string; readonly afterMs: number } | null;
  /** Something of a message ends when it leaves: its timer, its place among the parts. */
  readonly clears: boolean;
  /** Node that undoes what this one did. */
  readonly undo: string | null;
  /** Messages that arrive are held. The one member that changes: a person sets and removes it, see {@link setBreakpoint}. */
  readonly breakpoint: boolean;
  /** What a call of its worker says about the node; null for a node that calls none. */
  readonly target: CallTarget | null;
  /** The one node that follows, if its worker is the same and nothing is to be decided between the two. */
  readonly onward: string | null;
}

export interface Follower {
  readonly to: string;
  readonly when: string | null;
}

export interface ErrorPath {
  readonly to: string;
  /** Null = all. */
  readonly codes: ReadonlySet<string> | null;
}

export interface Plan {
  readonly topology: string;
  readonly version: number;
  /** A failed process is compensated by itself. */
  readonly compensates: boolean;
  readonly nodes: ReadonlyMap<string, PlanNode>;
}

const DEFAULT_PREFETCH = 64;
const DEFAULT_TIMEOUT_MS = 60_000;

/** Kinds that never wait in a queue of their own order: starts are passed in the accept, tasks wait for people. */
const UNORDERED: ReadonlySet<NodeKind> = new Set(['user-task']);

export function planOf(model: TopologyModel, version: number): Plan {
  const graph = graphOf(model);
  const nodes = new Map(model.nodes.map((node) => [node.id, planNode(graph, node.id, version)]));
  for (const [id, node] of nodes) nodes.set(id, { ...node, onward: onwardOf(nodes, node) });
  return { topology: model.name, version, compensates: model.settings?.compensate === 'on-failure', nodes };
}

function onwardOf(nodes: ReadonlyMap<string, PlanNode>, node: PlanNode): string | null {
  const [only, ...others] = node.followers;
  if (!only || others.length > 0 || !node.asksNothing || node.target === null || node.kind === 'batch') return null;
  const next = nodes.get(only.to)!;
  const free = (one: PlanNode) => one.limit === null && !one.clears;
  return next.target !== null && next.worker === node.worker && next.entersPlain && free(node) && free(next)
    ? next.id
    : null;
}

function planNode(graph: Graph, id: string, version: number): PlanNode {
  const node = graph.node(id)!;
  const settings = node.settings ?? {};
  const prefetch = settings.prefetch ?? DEFAULT_PREFETCH;
  const followers = graph.onward(id).map(({ to, when }) => ({ to, when: when ?? null }));
  const start = isStart(graph, node);
  const { errors, timer, undo } = pathsOf(graph, id);
  const whole = settings.orderingKey === undefined && prefetch === 1;
  const orderingKey = UNORDERED.has(node.kind) || start ? null : whole ? '' : (settings.orderingKey ?? null);
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
    entersPlain: plain(node.kind, orderingKey, timer, settings.breakpoint === true),
    isStart: start,
    errors,
    timer,
    clears: timer !== null || node.kind === 'collect',
    undo,
    breakpoint: settings.breakpoint === true,
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
    onward: null,
  };
}

function pathsOf(graph: Graph, id: string): Pick<PlanNode, 'errors' | 'timer' | 'undo'> {
  const leaving = graph.leaving(id);
  const errors = leaving
    .filter(({ on }) => on === 'error')
    .map(({ to, codes }) => ({ to, codes: codes === undefined ? null : new Set(codes) }))
    .sort((a, b) => Number(a.codes === null) - Number(b.codes === null));
  const timer = leaving.find(({ on }) => on === 'timer');
  return {
    errors,
    timer: timer ? { to: timer.to, afterMs: timer.afterMs! } : null,
    undo: leaving.find(({ on }) => on === 'compensation')?.to ?? null,
  };
}

function plain(kind: NodeKind, orderingKey: string | null, timer: PlanNode['timer'], breakpoint: boolean): boolean {
  return orderingKey === null && kind !== 'delay' && timer === null && !breakpoint;
}

/** A person sets or removes a breakpoint while messages pass: the node says so from now on, wherever the plan is used. */
export function setBreakpoint(node: PlanNode, on: boolean): void {
  const open: { -readonly [K in keyof PlanNode]: PlanNode[K] } = node;
  open.breakpoint = on;
  open.entersPlain = plain(node.kind, node.orderingKey, node.timer, on);
}
