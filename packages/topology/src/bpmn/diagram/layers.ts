// Where boxes sit that nobody has placed: in columns by how far they are from a start, in rows near what leads to them.
//
// Linear in nodes and connections, so that the largest topology is laid out in a moment and no topology fails.

export interface Edge {
  readonly from: number;
  readonly to: number;
}

/** @returns column and row of each of `count` boxes */
export function layers(count: number, edges: readonly Edge[]): { column: number; row: number }[] {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) if (from !== to) next[from]!.push(to);
  const forward = forwardEdges(count, next);
  const columns = longestPaths(count, forward);
  const rows = new Array<number>(count).fill(0);
  const free: number[] = [];
  const wanted: number[][] = Array.from({ length: count }, () => []);
  const order = [...columns.keys()].sort((a, b) => columns[a]! - columns[b]! || a - b);
  for (const box of order) {
    const above = wanted[box]!;
    const middle = above.length === 0 ? 0 : Math.floor(above.reduce((sum, row) => sum + row, 0) / above.length);
    const column = columns[box]!;
    rows[box] = Math.max(middle, free[column] ?? 0);
    free[column] = rows[box]! + 1;
    for (const follower of forward[box]!) wanted[follower]!.push(rows[box]!);
  }
  return columns.map((column, box) => ({ column, row: rows[box]! }));
}

/** Connections without those that lead back, found by a walk in depth that does not recurse. */
function forwardEdges(count: number, next: readonly number[][]): number[][] {
  const state = new Uint8Array(count);
  const forward: number[][] = Array.from({ length: count }, () => []);
  const indegree = new Uint32Array(count);
  for (const list of next) for (const to of list) indegree[to]!++;
  const roots = [...Array(count).keys()].sort((a, b) => Number(indegree[a] !== 0) - Number(indegree[b] !== 0) || a - b);
  for (const root of roots) {
    if (state[root] !== 0) continue;
    const stack = [{ box: root, at: 0 }];
    state[root] = 1;
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const follower = next[top.box]![top.at++];
      if (follower === undefined) {
        state[top.box] = 2;
        stack.pop();
      } else if (state[follower] !== 1) {
        forward[top.box]!.push(follower);
        if (state[follower] === 0) {
          state[follower] = 1;
          stack.push({ box: follower, at: 0 });
        }
      }
    }
  }
  return forward;
}

function longestPaths(count: number, forward: readonly number[][]): number[] {
  const columns = new Array<number>(count).fill(0);
  const open = new Uint32Array(count);
  for (const list of forward) for (const to of list) open[to]!++;
  const ready = [...Array(count).keys()].filter((box) => open[box] === 0);
  for (let box = ready.pop(); box !== undefined; box = ready.pop())
    for (const to of forward[box]!) {
      columns[to] = Math.max(columns[to]!, columns[box]! + 1);
      if (--open[to]! === 0) ready.push(to);
    }
  return columns;
}
