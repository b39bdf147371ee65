// The difference of two versions as marks on one picture.

import { type Change, describeChanges, diff, type TopologyModel } from '@sluice/topology';

export type Mark = 'added' | 'changed' | 'removed';

export interface ChangeLine {
  readonly mark: Mark;
  readonly text: string;
  /** The node, or the ends of the connection, that it speaks of; none when it is the topology. */
  readonly node?: string;
  readonly connection?: { readonly from: string; readonly to: string; readonly on?: unknown };
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly lines: readonly ChangeLine[];
  /** By node id as `after` calls it; removed ones as `before` called them. */
  readonly nodes: ReadonlyMap<string, Mark>;
  /** By `connectionKey`. */
  readonly connections: ReadonlyMap<string, Mark>;
  /** Both versions in one: `after`, and what it no longer has. */
  readonly union: TopologyModel;
}

export const connectionKey = ({ from, to, on }: { from: string; to: string; on?: unknown }): string =>
  JSON.stringify([from, to, on ?? null]);

const SIGNS = { '+': 'added', '-': 'removed', '~': 'changed' } as const;

export function compareVersions(before: TopologyModel, after: TopologyModel): Comparison {
  const changes = diff(before, after);
  const nodes = new Map<string, Mark>();
  const connections = new Map<string, Mark>();
  const goneNodes = changes.flatMap((change) => (change.change === 'node.removed' ? [change.node] : []));
  const goneConnections = changes.flatMap((change) =>
    change.change === 'connection.removed' ? [change.connection] : [],
  );
  const lines = describeChanges(changes).map(({ sign, text }, at): ChangeLine => {
    const change = changes[at]!;
    const mark = SIGNS[sign];
    const words = { mark, text };
    switch (change.change) {
      case 'topology.changed':
        return words;
      case 'node.added':
      case 'node.removed':
        nodes.set(change.node.id, mark);
        return { ...words, node: change.node.id };
      case 'node.renamed':
        nodes.set(change.to, mark);
        return { ...words, node: change.to };
      case 'node.changed':
      case 'routes.reordered':
        nodes.set(change.node, mark);
        return { ...words, node: change.node };
      default:
        connections.set(connectionKey(change.connection), mark);
        return { ...words, connection: change.connection };
    }
  });
  const known = new Set([...after.nodes, ...goneNodes].map(({ id }) => id));
  const drawn = new Set(after.connections.map(connectionKey));
  const union = {
    ...after,
    nodes: [...after.nodes, ...goneNodes],
    connections: [
      ...after.connections,
      // A removed connection is drawn when its ends still are, under the names they have now.
      ...goneConnections.filter(
        (gone) => known.has(gone.from) && known.has(gone.to) && !drawn.has(connectionKey(gone)),
      ),
    ],
  };
  return { changes, lines, nodes, connections, union };
}
