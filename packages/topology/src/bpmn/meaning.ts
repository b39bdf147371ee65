// Whether two models mean the same: the order of nodes says nothing; the order of what leaves a node in one way does.

import type { Connection, TopologyModel } from '../model/schema.ts';
import { same } from './same.ts';

export function sameMeaning(a: TopologyModel, b: TopologyModel): boolean {
  return same(meaningOf(a), meaningOf(b));
}

/** A model without what carries no meaning. */
function meaningOf({ nodes, connections, layout: _, ...rest }: TopologyModel): unknown {
  const leaving = new Map<string, Connection[]>();
  for (const connection of connections) {
    const key = JSON.stringify([connection.from, connection.on ?? null]);
    const list = leaving.get(key) ?? [];
    list.push(connection);
    leaving.set(key, list);
  }
  return {
    ...rest,
    nodes: [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
    connections: [...leaving].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** What a model says of the whole: everything but its nodes, its connections and where boxes sit. */
export function wholeOf({ nodes: _, connections: __, layout, ...rest }: TopologyModel): Record<string, unknown> {
  if (typeof layout !== 'object' || layout === null || Array.isArray(layout)) return rest;
  const { bpmn: ___, positions: ____, ...other } = layout as Record<string, unknown>;
  return Object.keys(other).length > 0 ? { ...rest, layout: other } : rest;
}
