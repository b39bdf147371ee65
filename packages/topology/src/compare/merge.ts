// Two people changed one topology: what comes of it, and what they have to decide.
//
// Three sides: what both began with, ours, theirs. A part that one side left alone is as the other side made it. A part
// that both changed, each in its way, is a conflict, named by its place; in the merged model ours stands there.

import type { Connection, Node, TopologyModel } from '../model/schema.ts';
import type { Ends } from './change.ts';
import { connectionKey, endsOf, groupBy, isRouteOf, nodeKey, routesOf, wholeOf, withRoutes } from './parts.ts';
import { sameNames } from './same-names.ts';
import { equal, isObject, memberOf, namesOf } from './value.ts';

/** A place that both sides changed, each in its way; a side without a value has nothing there. */
export interface Conflict {
  readonly node?: string;
  /** With `node` as well: one side connects the node, the other took it away. */
  readonly connection?: Ends;
  /** Of the setting; `[]` is the node or connection as a whole, `routes` the order in which a router asks. */
  readonly path: readonly string[];
  readonly base?: unknown;
  readonly ours?: unknown;
  readonly theirs?: unknown;
}

export interface Merged {
  readonly model: TopologyModel;
  readonly conflicts: readonly Conflict[];
}

export interface Sides<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

type Where = Pick<Conflict, 'node' | 'connection'>;
type Note = (conflict: Conflict) => void;

export function merge(base: TopologyModel, ours: TopologyModel, theirs: TopologyModel): Merged {
  const conflicts: Conflict[] = [];
  const note: Note = (conflict) => void conflicts.push(conflict);
  const sides = sameNames({ base, ours, theirs }, note);
  const whole = mergeValues(each(sides, wholeOf), {}, [], note) as Omit<TopologyModel, 'nodes' | 'connections'>;
  const layout = mergeValues(
    each(sides, (side) => side.layout),
    {},
    [],
    () => {},
  ); // where a box sits is nobody's quarrel
  const nodes = mergeEntries<Node>(
    each(sides, (side) => side.nodes),
    nodeKey,
    ({ id }) => ({ node: id }),
    note,
  );
  const connections = mergeEntries<Connection>(
    each(sides, (side) => side.connections),
    connectionKey,
    (connection) => ({ connection: endsOf(connection) }),
    note,
  );
  const model = { ...whole, nodes, connections: held(connections, nodes, sides, note), ...(layout ? { layout } : {}) };
  return { model: routed(model as TopologyModel, sides, note), conflicts };
}

const each = <T, R>({ base, ours, theirs }: Sides<T>, of: (side: T) => R): Sides<R> => ({
  base: of(base),
  ours: of(ours),
  theirs: of(theirs),
});

function mergeValues(sides: Sides<unknown>, where: Where, path: readonly string[], note: Note): unknown {
  const { base, ours, theirs } = sides;
  if (equal(ours, theirs) || equal(base, theirs)) return ours;
  if (equal(base, ours)) return theirs;
  if (isObject(ours) && isObject(theirs))
    return Object.fromEntries(
      namesOf(ours, theirs).flatMap((name) => {
        const member = mergeValues(
          each(sides, (side) => memberOf(side, name)),
          where,
          [...path, name],
          note,
        );
        return member === undefined ? [] : [[name, member]];
      }),
    );
  note({ ...where, path, ...given({ base, ours, theirs }) });
  return ours;
}

/** Nodes or connections: each name for itself. Where a draft has two of one name, they are taken together. */
function mergeEntries<T>(
  sides: Sides<readonly T[]>,
  keyOf: (entry: T) => string,
  whereOf: (entry: T) => Where,
  note: Note,
): T[] {
  const groups = each(sides, (side) => groupBy(side, keyOf));
  const single = (group: T[] | undefined): unknown => (group && group.length > 1 ? group : group?.[0]);
  const merged = inOrder([...groups.ours.keys()], [...groups.theirs.keys()]).map((key) => {
    const parts = each(groups, (side) => side.get(key));
    return mergeValues(each(parts, single), whereOf((parts.ours ?? parts.theirs)![0]!), [], note) as
      | T
      | T[]
      | undefined;
  });
  return merged.flatMap((entry) => entry ?? []);
}

/** Ours, and what is only in theirs behind what it stands behind there. */
function inOrder(ours: readonly string[], theirs: readonly string[]): string[] {
  const order = [...ours];
  const known = new Set(ours);
  for (const [index, key] of theirs.entries())
    if (!known.has(key)) order.splice(index === 0 ? 0 : order.indexOf(theirs[index - 1]!) + 1, 0, key);
  return order;
}

/** Without connections to a node that the other side took away. */
function held(connections: readonly Connection[], nodes: readonly Node[], sides: Sides<TopologyModel>, note: Note) {
  const ids = new Set(nodes.map(nodeKey));
  const known = each(sides, (side) => new Set(side.nodes.map(nodeKey)));
  const drawn = each(sides, (side) => new Set(side.connections.map(connectionKey)));
  return connections.filter((connection) => {
    const lost = [connection.from, connection.to].find(
      (id) =>
        !ids.has(id) &&
        (['ours', 'theirs'] as const).some((by) => known[by].has(id) && drawn[by].has(connectionKey(connection))),
    );
    if (lost === undefined) return true;
    const by = known.ours.has(lost) ? 'ours' : 'theirs';
    note({ node: lost, connection: endsOf(connection), path: [], [by]: connection });
    return false;
  });
}

/** With every router asking in the order of the side that changed it. */
function routed(model: TopologyModel, sides: Sides<TopologyModel>, note: Note): TopologyModel {
  let { connections } = model;
  for (const { id } of model.nodes) {
    const routes = new Map(routesOf(model, id).map((route) => [connectionKey(route), route]));
    if (routes.size < 2) continue;
    const orders = each(sides, (side) =>
      side.connections
        .filter(isRouteOf(id))
        .map(connectionKey)
        .filter((key) => routes.has(key)),
    );
    const { base, ours, theirs } = orders;
    const byTheirs = equal(base, ours);
    if (!byTheirs && !equal(base, theirs) && !equal(ours, theirs))
      note({ node: id, path: ['routes'], ...each(orders, (order) => order.map((key) => routes.get(key)!.to)) });
    const order = byTheirs ? inOrder(theirs, ours) : inOrder(ours, theirs);
    connections = withRoutes(
      connections,
      id,
      order.map((key) => routes.get(key)!),
    );
  }
  return { ...model, connections };
}

/** Without the sides that have nothing. */
function given(sides: Sides<unknown>): Partial<Sides<unknown>> {
  return Object.fromEntries(Object.entries(sides).filter(([, value]) => value !== undefined));
}
