// Where a problem of validation sits: a node, a connection, or the topology as a whole.

import type { Problem, TopologyModel } from '@sluice/topology';

export interface Located extends Problem {
  readonly node?: string | undefined;
  /** Index among the connections of the model. */
  readonly connection?: number | undefined;
  /** Such as `prefetch`, of the node or connection. */
  readonly member?: string | undefined;
}

/** Ids may contain dots, so the longest id that fits is the one. */
export function locate(problems: readonly Problem[], { nodes }: TopologyModel): Located[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return problems.map((problem) => {
    const { path } = problem;
    const connection = /^connections\.(\d+)(?:\.(.+))?$/.exec(path);
    if (connection) return { ...problem, connection: Number(connection[1]), member: connection[2] };
    if (!path.startsWith('nodes.')) return problem;
    const parts = path.slice('nodes.'.length).split('.');
    for (let count = parts.length; count > 0; count--) {
      const id = parts.slice(0, count).join('.');
      if (!ids.has(id)) continue;
      const member = parts
        .slice(count)
        .join('.')
        .replace(/^settings\./, '');
      return { ...problem, node: id, member: member === '' ? undefined : member };
    }
    return problem;
  });
}
