// What people do to a model, as the semantic changes that @sluice/topology knows how to apply.

import {
  type Change,
  type Connection,
  diff,
  FIELDS_OF,
  type Node,
  type NodeKind,
  SETTINGS_OF,
  type TopologyModel,
} from '@sluice/topology';

const alone = (nodes: readonly Node[], connections: readonly Connection[] = []): TopologyModel => ({
  name: 'part',
  nodes: [...nodes],
  connections: [...connections],
});

/** A node says something else; its id stays. */
export function nodeChanged(before: Node, after: Node): Change[] {
  return diff(alone([before]), alone([{ ...after, id: before.id }]));
}

export const nodeRenamed = (from: string, to: string): Change[] =>
  from === to ? [] : [{ change: 'node.renamed', from, to }];

export function connectionChanged(before: Connection, after: Connection): Change[] {
  const ends = [...new Set([before.from, before.to])].map((id): Node => ({ id, kind: 'custom' }));
  if (before.on !== after.on)
    return [
      { change: 'connection.removed', connection: before },
      { change: 'connection.added', connection: after },
    ];
  return diff(alone(ends, [before]), alone(ends, [{ ...after, from: before.from, to: before.to }]));
}

/** A node of another kind keeps what that kind reads. */
export function ofKind(node: Node, kind: NodeKind): Node {
  const { settings, worker, action, notRunnable: _, ...rest } = node;
  const keeps = (list: readonly string[], name: string): boolean => list.includes(name);
  const kept = Object.entries(settings ?? {}).filter(([name]) => keeps(SETTINGS_OF[kind], name));
  return {
    ...rest,
    kind,
    ...(keeps(FIELDS_OF[kind], 'worker') && worker !== undefined ? { worker } : {}),
    ...(keeps(FIELDS_OF[kind], 'action') && action !== undefined ? { action } : {}),
    ...(kept.length > 0 ? { settings: Object.fromEntries(kept) } : {}),
  };
}

/** Put a node where a connection is: what the connection asked is asked before it. */
export function inserted(connection: Connection, node: Node): Change[] {
  return [
    { change: 'connection.removed', connection },
    { change: 'node.added', node },
    { change: 'connection.added', connection: { ...connection, to: node.id } },
    { change: 'connection.added', connection: { from: node.id, to: connection.to } },
  ];
}

/** A member of settings gets a value; undefined takes it away, and with the last one the settings. */
export function withSetting(node: Node, name: string, value: unknown): Node {
  const { [name]: _, ...others } = (node.settings ?? {}) as Record<string, unknown>;
  const settings = value === undefined ? others : { ...others, [name]: value };
  const { settings: __, ...rest } = node;
  return Object.keys(settings).length > 0 ? { ...rest, settings } : rest;
}

/** Nodes and connections of which changes speak. */
export function nodesOf(changes: readonly Change[]): Set<string> {
  const ids = new Set<string>();
  for (const change of changes)
    switch (change.change) {
      case 'topology.changed':
        break;
      case 'node.renamed':
        ids.add(change.from);
        break;
      case 'node.added':
      case 'node.removed':
        ids.add(change.node.id);
        break;
      case 'node.changed':
        ids.add(change.node);
        break;
      case 'routes.reordered':
        ids.add(change.node);
        for (const { to } of [...change.before, ...change.after]) ids.add(to);
        break;
      default:
        ids.add(change.connection.from).add(change.connection.to);
    }
  return ids;
}
