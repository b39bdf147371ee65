// Boundary paths: errors, timers, compensation. What leaves a node by itself has rules of its own.

import { type Graph, isStart } from '../graph/graph.ts';
import { type Connection, UNDO_KINDS } from '../model/schema.ts';
import { at, type Problem } from './problem.ts';

type Path = Connection & { on: NonNullable<Connection['on']> };

export function* pathsMakeSense(graph: Graph): Iterable<Problem> {
  for (const [index, connection] of graph.model.connections.entries()) {
    const path = `connections.${index}`;
    yield* membersInPlace(connection, path);
    if (connection.on !== undefined) yield* pathAllowed(graph, connection as Path, path);
  }
  for (const node of graph.model.nodes) {
    const leaving = graph.leaving(node.id);
    const of = (on: Path['on']) => leaving.filter((connection) => connection.on === on);
    const more = (list: readonly Connection[], what: string): Problem[] =>
      list.length > 1
        ? [
            {
              code: 'path.ambiguous',
              path: at(node),
              message: `Node "${node.id}" has ${list.length} ${what}. Keep one.`,
            },
          ]
        : [];
    yield* more(of('timer'), 'timer paths');
    yield* more(of('compensation'), 'compensation paths');
    yield* more(
      of('error').filter((connection) => connection.codes === undefined),
      'error paths without codes',
    );
  }
}

/** Members of a connection that mean nothing without their `on`, and those that are missing with it. */
function* membersInPlace({ from, to, on, when, codes, afterMs }: Connection, path: string): Iterable<Problem> {
  const name = `"${from}" → "${to}"`;
  const misplaced = (member: string, where: string): Problem => ({
    code: 'connection.member_misplaced',
    path: `${path}.${member}`,
    message: `"${member}" of the connection ${name} means something only on ${where}. Remove it.`,
  });
  if (codes !== undefined && on !== 'error') yield misplaced('codes', 'an error path');
  if (afterMs !== undefined && on !== 'timer') yield misplaced('afterMs', 'a timer path');
  if (when !== undefined && on !== undefined) yield misplaced('when', 'an ordinary connection');
  if (on === 'timer' && afterMs === undefined)
    yield {
      code: 'path.after_missing',
      path: `${path}.afterMs`,
      message: `The timer path ${name} needs afterMs: how long a message may be at "${from}".`,
    };
}

function* pathAllowed(graph: Graph, { from, to, on }: Path, path: string): Iterable<Problem> {
  const node = graph.node(from);
  const target = graph.node(to);
  if (!node || !target) return;
  if (isStart(graph, node))
    yield {
      code: 'path.from_start',
      path,
      message: `A start consumes nothing that could fail or wait, so "${from}" can have no ${on} path. Remove it, or let it begin at the next node.`,
    };
  if (on === 'timer' && node.kind === 'collect')
    yield {
      code: 'path.timer_on_collect',
      path,
      message: `Collect "${from}" waits for all parts together: use its timeoutMs and onTimeout instead of a timer path.`,
    };
  if (on === 'compensation' && !UNDO_KINDS.has(target.kind))
    yield {
      code: 'path.undo_kind',
      path,
      message: `"${to}" is a ${target.kind} and cannot undo a step; ${[...UNDO_KINDS].join(', ')} can. Choose another node.`,
    };
}
