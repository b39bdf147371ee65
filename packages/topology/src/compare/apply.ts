// Changes put into effect. For all models: what `diff` finds between two makes the second of the first.

import { SluiceError } from '@sluice/protocol';
import type { Node, TopologyModel } from '../model/schema.ts';
import type { Change, Setting } from './change.ts';
import { describeChanges } from './describe.ts';
import { connectionKey, isRouteOf, nodeKey, rename, withRoutes } from './parts.ts';
import { equal, isObject, withAt } from './value.ts';

/** @throws SluiceError `topology.change_misfit` when a change speaks of what is not there */
export function applyChanges(model: TopologyModel, changes: readonly Change[]): TopologyModel {
  return changes.reduce(applied, model);
}

function applied(model: TopologyModel, change: Change): TopologyModel {
  const { nodes, connections } = model;
  const fits = (found: unknown): void => {
    if (found === undefined)
      throw new SluiceError('topology.change_misfit', { change: describeChanges([change])[0]!.text });
  };
  switch (change.change) {
    case 'topology.changed':
      return withSetting(model, change);
    case 'node.renamed':
      fits(nodes.find(({ id }) => id === change.from));
      return rename(model, new Map([[change.from, change.to]]));
    case 'node.removed':
      return { ...model, nodes: without(nodes, change.node, nodeKey, fits) };
    case 'node.added':
      return { ...model, nodes: [...nodes, change.node] };
    case 'node.changed':
      fits(nodes.find(({ id }) => id === change.node));
      return {
        ...model,
        nodes: nodes.map((node) => (node.id === change.node ? tidy(withSetting(node, change)) : node)),
      };
    case 'connection.removed':
      return { ...model, connections: without(connections, change.connection, connectionKey, fits) };
    case 'connection.added':
      return { ...model, connections: [...connections, change.connection] };
    case 'connection.changed': {
      const key = connectionKey(change.connection);
      fits(connections.find((each) => connectionKey(each) === key));
      return {
        ...model,
        connections: connections.map((each) => (connectionKey(each) === key ? withSetting(each, change) : each)),
      };
    }
    case 'routes.reordered':
      fits(connections.filter(isRouteOf(change.node)).length === change.after.length || undefined);
      return { ...model, connections: withRoutes(connections, change.node, change.after) };
  }
}

const withSetting = <T>(value: T, { path, after }: Setting): T => withAt(value, path, after) as T;

/** Settings of which none is left are no settings. */
function tidy(node: Node): Node {
  const { settings, ...rest } = node;
  return isObject(settings) && Object.keys(settings).length === 0 ? (rest as Node) : node;
}

/** Without the entry: the one that is equal, else the only one of its name. */
function without<T>(entries: readonly T[], entry: T, keyOf: (entry: T) => string, fits: (found: unknown) => void): T[] {
  const named = entries.filter((each) => keyOf(each) === keyOf(entry));
  const found = named.find((each) => equal(each, entry)) ?? (named.length === 1 ? named[0] : undefined);
  fits(found);
  return entries.filter((each) => each !== found);
}
