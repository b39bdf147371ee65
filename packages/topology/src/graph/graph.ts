// A model as the engine walks it: nodes by id, followers in the order they were drawn.

import { type Connection, type Node, START_KINDS, type TopologyModel } from '../model/schema.ts';

export interface Graph {
  readonly model: TopologyModel;
  node(id: string): Node | undefined;
  /** Connections that leave a node, in the order of the model. */
  leaving(id: string): readonly Connection[];
  /** Of these the ordinary ones: no error, timer or compensation path. */
  onward(id: string): readonly Connection[];
  arriving(id: string): readonly Connection[];
}

const NONE: readonly Connection[] = [];

export function graphOf(model: TopologyModel): Graph {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  const leaving = groupBy(model.connections, (connection) => connection.from);
  const onward = groupBy(
    model.connections.filter((connection) => connection.on === undefined),
    (connection) => connection.from,
  );
  const arriving = groupBy(model.connections, (connection) => connection.to);
  return {
    model,
    node: (id) => nodes.get(id),
    leaving: (id) => leaving.get(id) ?? NONE,
    onward: (id) => onward.get(id) ?? NONE,
    arriving: (id) => arriving.get(id) ?? NONE,
  };
}

function groupBy<T>(list: readonly T[], keyOf: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return groups;
}

/** May a process begin here? A topic that nothing leads to subscribes; one with incoming connections publishes. */
export function isStart(graph: Graph, node: Node): boolean {
  return START_KINDS.has(node.kind) || (node.kind === 'topic' && graph.arriving(node.id).length === 0);
}

/** Ids of all nodes that can be reached from the given ones, those included. */
export function reachable(graph: Graph, from: Iterable<string>): Set<string> {
  const seen = new Set<string>(from);
  const open = [...seen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of graph.leaving(id)) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/**
 * Strongly connected components with a cycle in them, as lists of node ids. Only ordinary connections count: the paths
 * of errors and timers are never certain.
 * Tarjan's algorithm, written without recursion so that a chain of thousands of nodes cannot overflow the stack.
 */
export function cycles(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  let next = 0;

  for (const { id: root } of graph.model.nodes) {
    if (index.has(root)) continue;
    const work: { id: string; edge: number }[] = [{ id: root, edge: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1]!;
      if (frame.edge === 0) {
        index.set(frame.id, next);
        low.set(frame.id, next++);
        stack.push(frame.id);
        onStack.add(frame.id);
      }
      const edge = graph.onward(frame.id)[frame.edge++];
      if (edge) {
        if (!graph.node(edge.to)) continue;
        if (!index.has(edge.to)) work.push({ id: edge.to, edge: 0 });
        else if (onStack.has(edge.to)) low.set(frame.id, Math.min(low.get(frame.id)!, index.get(edge.to)!));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(frame.id)!));
      if (low.get(frame.id) !== index.get(frame.id)) continue;
      const component: string[] = [];
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        onStack.delete(id);
        component.push(id);
        if (id === frame.id) break;
      }
      const loops = component.length > 1 || graph.onward(frame.id).some((c) => c.to === frame.id);
      if (loops) found.push(component.reverse());
    }
  }
  return found;
}
