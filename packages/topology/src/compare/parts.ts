// A model as the parts that are compared with each other.

import type { Connection, Node, TopologyModel } from '../model/schema.ts';
import type { Ends } from './change.ts';
import { canonical } from './value.ts';

/** Everything about the topology as a whole. */
export function wholeOf({ nodes: _, connections: __, layout: ___, ...whole }: TopologyModel): Record<string, unknown> {
  return whole;
}

/** A node without its name; no settings are the same as settings that say nothing. */
export function contentOf({ id: _, settings = {}, ...content }: Node): Record<string, unknown> {
  return { ...content, settings };
}

/** A connection without its ends. */
export function fieldsOf({ from: _, to: __, on: ___, ...fields }: Connection): Record<string, unknown> {
  return fields;
}

export const endsOf = ({ from, to, on }: Ends): Ends => ({ from, to, ...(on === undefined ? {} : { on }) });

export const nodeKey = ({ id }: Node): string => id;
export const connectionKey = (connection: Ends): string => canonical(endsOf(connection));

/** The conditional ways out of a router that takes the first true one; `[]` where the order has no meaning. */
export function routesOf({ nodes, connections }: TopologyModel, id: string): Connection[] {
  const decides = nodes.some((node) => node.id === id && node.kind === 'router' && node.settings?.mode !== 'all');
  return decides ? connections.filter(isRouteOf(id)) : [];
}

export const isRouteOf =
  (id: string) =>
  ({ from, when, on }: Connection): boolean =>
    from === id && when !== undefined && on === undefined;

/** The same connections, with those that are routes of the router in this order, in the places they had. */
export function withRoutes(
  connections: readonly Connection[],
  id: string,
  routes: readonly Connection[],
): Connection[] {
  const isRoute = isRouteOf(id);
  const left = routes[Symbol.iterator]();
  return connections.map((connection) => (isRoute(connection) ? left.next().value! : connection));
}

export function groupBy<T>(entries: readonly T[], keyOf: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group) group.push(entry);
    else groups.set(keyOf(entry), [entry]);
  }
  return groups;
}

/** The model with nodes called otherwise, their connections with them. */
export function rename(model: TopologyModel, names: ReadonlyMap<string, string>): TopologyModel {
  if (names.size === 0) return model;
  const named = (id: string): string => names.get(id) ?? id;
  return {
    ...model,
    nodes: model.nodes.map((node) => ({ ...node, id: named(node.id) })),
    connections: model.connections.map((each) => ({ ...each, from: named(each.from), to: named(each.to) })),
  };
}
