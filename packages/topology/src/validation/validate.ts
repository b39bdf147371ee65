// Is this model ready to run? All problems at once, each with the place and the way out.
//
// Drafts may have problems; publishing refuses them. Rules are small functions in a list: a new rule is a new line.

import { Cron } from 'croner';
import { cycles, type Graph, graphOf, reachable } from '../graph/graph.ts';
import { type Node, type NodeKind, START_KINDS, type TopologyModel, WORKER_KINDS } from '../model/schema.ts';
import type { Problem } from './problem.ts';

type Rule = (graph: Graph) => Iterable<Problem>;

/** Kinds whose meaning the engine does not have yet; publishing names them instead of losing messages in them. */
const NOT_RUNNABLE: ReadonlySet<NodeKind> = new Set(['collect', 'call', 'topic']);

const at = (node: Node): string => `nodes.${node.id}`;

function* hasStart({ model }: Graph): Iterable<Problem> {
  if (model.nodes.some((node) => START_KINDS.has(node.kind))) return;
  yield {
    code: 'graph.no_start',
    path: 'nodes',
    message: 'No node of kind start, cron or webhook: nothing can begin here. Add one.',
  };
}

function* uniqueIds({ model }: Graph): Iterable<Problem> {
  const seen = new Set<string>();
  for (const node of model.nodes) {
    if (seen.has(node.id))
      yield { code: 'node.duplicate', path: at(node), message: `Two nodes are called "${node.id}". Rename one.` };
    seen.add(node.id);
  }
}

function* knownEnds(graph: Graph): Iterable<Problem> {
  for (const [index, connection] of graph.model.connections.entries())
    for (const end of ['from', 'to'] as const)
      if (!graph.node(connection[end]))
        yield {
          code: 'connection.node_unknown',
          path: `connections.${index}.${end}`,
          message: `The connection "${connection.from}" → "${connection.to}" names the unknown node "${connection[end]}". Add the node or remove the connection.`,
        };
}

function* uniqueConnections({ model }: Graph): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [index, { from, to }] of model.connections.entries()) {
    const key = JSON.stringify([from, to]);
    if (seen.has(key))
      yield {
        code: 'connection.duplicate',
        path: `connections.${index}`,
        message: `"${from}" is connected to "${to}" twice. Remove one connection.`,
      };
    seen.add(key);
  }
}

function* allReached(graph: Graph): Iterable<Problem> {
  const starts = graph.model.nodes.filter((node) => START_KINDS.has(node.kind)).map((node) => node.id);
  if (starts.length === 0) return;
  // What cannot run is reported for itself; what follows it is not at fault.
  const unable = graph.model.nodes.filter((node) => node.notRunnable !== undefined).map((node) => node.id);
  const seen = reachable(graph, [...starts, ...unable]);
  for (const node of graph.model.nodes)
    if (!seen.has(node.id))
      yield {
        code: 'node.unreachable',
        path: at(node),
        message: `Node "${node.id}" cannot be reached from any start. Connect it or remove it.`,
      };
}

function* startsLead(graph: Graph): Iterable<Problem> {
  for (const node of graph.model.nodes) {
    if (!START_KINDS.has(node.kind)) continue;
    if (graph.leaving(node.id).length === 0)
      yield { code: 'start.leads_nowhere', path: at(node), message: `Start "${node.id}" has no follower. Connect it.` };
    if (graph.arriving(node.id).length > 0)
      yield {
        code: 'start.has_input',
        path: at(node),
        message: `Start "${node.id}" has an incoming connection. Remove it.`,
      };
  }
}

/**
 * A cycle whose every turn is certain never ends. A condition, a filter or a router on it may let messages out.
 */
function* cyclesEnd(graph: Graph): Iterable<Problem> {
  for (const component of cycles(graph)) {
    const inside = new Set(component);
    const mayLeave = component.some((id) => {
      const kind = graph.node(id)?.kind;
      if (kind === 'filter' || kind === 'router') return true;
      return graph.leaving(id).some((connection) => inside.has(connection.to) && connection.when !== undefined);
    });
    if (!mayLeave)
      yield {
        code: 'graph.endless_cycle',
        path: at(graph.node(component[0]!)!),
        message: `The cycle ${component.map((id) => `"${id}"`).join(' → ')} never ends. Put a condition on one of its connections, or a filter or router into it.`,
      };
  }
}

function* workerSteps({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes) {
    if (!WORKER_KINDS.has(node.kind) || node.notRunnable !== undefined) continue;
    if (!node.worker)
      yield {
        code: 'node.worker_missing',
        path: `${at(node)}.worker`,
        message: `Node "${node.id}" is a ${node.kind} and names no worker. Say which worker serves it.`,
      };
    if (!node.action)
      yield {
        code: 'node.action_missing',
        path: `${at(node)}.action`,
        message: `Node "${node.id}" is a ${node.kind} and names no action. Say which action of the worker it calls.`,
      };
  }
}

function* runnableKinds({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes)
    if (NOT_RUNNABLE.has(node.kind))
      yield {
        code: 'node.kind_not_runnable',
        path: at(node),
        message: `Node "${node.id}" is of kind "${node.kind}", which this version cannot run. Remove it.`,
      };
}

/** What an importer kept although it cannot run. */
function* runnable({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes)
    if (node.notRunnable !== undefined)
      yield {
        code: 'node.not_runnable',
        path: at(node),
        message: `Node "${node.id}"${node.name ? ` (${node.name})` : ''} cannot run: ${node.notRunnable}.`,
      };
  for (const [index, { from, to, notRunnable }] of model.connections.entries())
    if (notRunnable !== undefined)
      yield {
        code: 'connection.not_runnable',
        path: `connections.${index}`,
        message: `The connection "${from}" → "${to}" cannot run: ${notRunnable}.`,
      };
}

function* kindSettings({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes) {
    const settings = node.settings ?? {};
    const need = (have: boolean, setting: string, what: string): Problem[] =>
      have
        ? []
        : [
            {
              code: 'node.setting_missing',
              path: `${at(node)}.settings.${setting}`,
              message: `Node "${node.id}" is a ${node.kind} and needs settings.${setting}: ${what}.`,
            },
          ];
    if (node.kind === 'map')
      yield* need(settings.expression !== undefined, 'expression', 'JSONata that makes the new body');
    if (node.kind === 'filter')
      yield* need(settings.condition !== undefined, 'condition', 'JSONata that is true when the message may pass');
    if (node.kind === 'delay')
      yield* need(
        settings.delayMs !== undefined || settings.until !== undefined,
        'delayMs',
        'milliseconds to wait (or settings.until)',
      );
    if (node.kind === 'cron') yield* cronProblems(node);
  }
}

function* cronProblems(node: Node): Iterable<Problem> {
  const { cron, timeZone } = node.settings ?? {};
  const path = `${at(node)}.settings.cron`;
  if (!cron) {
    yield {
      code: 'node.setting_missing',
      path,
      message: `Node "${node.id}" is a cron and needs settings.cron, such as "*/5 * * * *".`,
    };
    return;
  }
  try {
    const next = new Cron(cron, { paused: true, ...(timeZone ? { timezone: timeZone } : {}) }).nextRun();
    if (!next)
      yield { code: 'cron.never', path, message: `The schedule "${cron}" of "${node.id}" never comes. Correct it.` };
  } catch (error) {
    yield {
      code: 'cron.invalid',
      path,
      message: `The schedule "${cron}" of "${node.id}" cannot be read: ${(error as Error).message}. Five or six fields and an IANA time zone are expected.`,
    };
  }
}

function* routesDiffer(graph: Graph): Iterable<Problem> {
  for (const node of graph.model.nodes) {
    if (node.kind !== 'router') continue;
    const defaults = graph.leaving(node.id).filter((connection) => connection.when === undefined);
    if (graph.leaving(node.id).length === 0)
      yield { code: 'router.no_route', path: at(node), message: `Router "${node.id}" has no follower. Connect it.` };
    if (defaults.length > 1)
      yield {
        code: 'router.two_defaults',
        path: at(node),
        message: `Router "${node.id}" has ${defaults.length} connections without a condition; one is the default, the others need "when".`,
      };
  }
}

const RULES: readonly Rule[] = [
  hasStart,
  uniqueIds,
  knownEnds,
  uniqueConnections,
  allReached,
  startsLead,
  cyclesEnd,
  workerSteps,
  runnableKinds,
  runnable,
  kindSettings,
  routesDiffer,
];

/**
 * Everything that keeps a model from running, in the order of the rules; `[]` when it can be published.
 * @param expressionFault  reads an expression and says what is wrong with it, or null; given by the engine, which owns the language
 */
export function validate(
  model: TopologyModel,
  expressionFault: (expression: string) => string | null = () => null,
): Problem[] {
  const graph = graphOf(model);
  const problems = RULES.flatMap((rule) => [...rule(graph)]);
  for (const { path, expression } of expressionsOf(model)) {
    const reason = expressionFault(expression);
    if (reason !== null)
      problems.push({
        code: 'expression.invalid',
        path,
        message: `The expression at ${path} cannot be read: ${reason}.`,
      });
  }
  return problems;
}

/** Every expression of a model, with its place. */
export function* expressionsOf(model: TopologyModel): Iterable<{ path: string; expression: string }> {
  for (const node of model.nodes) {
    const settings = node.settings ?? {};
    for (const name of ['orderingKey', 'expression', 'condition', 'until'] as const) {
      const expression = settings[name];
      if (expression !== undefined) yield { path: `${at(node)}.settings.${name}`, expression };
    }
    if (settings.limit?.key !== undefined)
      yield { path: `${at(node)}.settings.limit.key`, expression: settings.limit.key };
  }
  for (const [index, connection] of model.connections.entries())
    if (connection.when !== undefined) yield { path: `connections.${index}.when`, expression: connection.when };
}
