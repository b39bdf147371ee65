// Is this model ready to run? All problems at once, each with the place and the way out.
//
// Drafts may have problems; publishing refuses them. Rules are small functions in a list: a new rule is a new line.

import { cycles, type Graph, graphOf, isStart, reachable } from '../graph/graph.ts';
import { type TopologyModel, WORKER_KINDS } from '../model/schema.ts';
import { pathsMakeSense } from './paths.ts';
import { at, type Problem } from './problem.ts';
import { kindSettings, settingsInPlace, topologySettings } from './settings.ts';

type Rule = (graph: Graph) => Iterable<Problem>;

function* hasStart(graph: Graph): Iterable<Problem> {
  if (graph.model.nodes.some((node) => isStart(graph, node))) return;
  yield {
    code: 'graph.no_start',
    path: 'nodes',
    message:
      'No node of kind start, cron or webhook and no topic without incoming connections: nothing can begin here. Add one.',
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
  for (const [index, { from, to, on = null }] of model.connections.entries()) {
    const key = JSON.stringify([from, to, on]);
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
  const starts = graph.model.nodes.filter((node) => isStart(graph, node)).map((node) => node.id);
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
    if (!isStart(graph, node)) continue;
    if (graph.onward(node.id).length === 0)
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
      return graph.onward(id).some((connection) => inside.has(connection.to) && connection.when !== undefined);
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

/** What an importer kept although it cannot run. */
function* runnable({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes)
    if (node.notRunnable !== undefined)
      yield {
        code: 'node.not_runnable',
        path: at(node),
        message: `Node "${node.id}" cannot run: ${node.notRunnable}.`,
      };
  for (const [index, { from, to, notRunnable }] of model.connections.entries())
    if (notRunnable !== undefined)
      yield {
        code: 'connection.not_runnable',
        path: `connections.${index}`,
        message: `The connection "${from}" → "${to}" cannot run: ${notRunnable}.`,
      };
}

function* routesDiffer(graph: Graph): Iterable<Problem> {
  for (const node of graph.model.nodes) {
    if (node.kind !== 'router') continue;
    const defaults = graph.onward(node.id).filter((connection) => connection.when === undefined);
    if (graph.onward(node.id).length === 0)
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
  runnable,
  kindSettings,
  settingsInPlace,
  topologySettings,
  routesDiffer,
  pathsMakeSense,
];

/**
 * Everything that keeps a model from running, in the order of the rules; `[]` when it can be published.
 * @param expressionFault  reads an expression and says what is wrong with it, or null; given by the engine, which owns the language
 * @param schemaFault  the same for the JSON Schema of a form
 */
export function validate(
  model: TopologyModel,
  expressionFault: (expression: string) => string | null = () => null,
  schemaFault: (schema: Readonly<Record<string, unknown>>) => string | null = () => null,
): Problem[] {
  const graph = graphOf(model);
  const problems = RULES.flatMap((rule) => [...rule(graph)].map((problem) => withName(graph, problem)));
  for (const { path, expression } of expressionsOf(model)) {
    const reason = expressionFault(expression);
    if (reason !== null)
      problems.push({
        code: 'expression.invalid',
        path,
        message: `The expression at ${path} cannot be read: ${reason}.`,
      });
  }
  for (const node of model.nodes) {
    const reason = node.settings?.form ? schemaFault(node.settings.form) : null;
    if (reason !== null)
      problems.push({
        code: 'node.setting_invalid',
        path: `${at(node)}.settings.form`,
        message: `The form of "${node.id}" cannot be used: ${reason}. Correct the schema.`,
      });
  }
  return problems;
}

/** Ids of other tools are often numbers, so what people call a node comes first and its id beside it. */
function withName(graph: Graph, problem: Problem): Problem {
  const id = /^nodes\.(.*?)(?:\.(?:settings|worker|action)(?:\..*)?)?$/s.exec(problem.path)?.[1];
  const name = id === undefined ? undefined : graph.node(id)?.name;
  if (name === undefined || name === id) return problem;
  return { ...problem, message: problem.message.replace(`"${id}"`, () => `"${name}" (${id})`) };
}

/** Settings that hold an expression; `count` may hold a number instead. */
export const EXPRESSION_SETTINGS = [
  'orderingKey',
  'expression',
  'condition',
  'until',
  'businessKey',
  'key',
  'count',
  'complete',
  'index',
] as const;

/** Every expression of a model, with its place. */
export function* expressionsOf(model: TopologyModel): Iterable<{ path: string; expression: string }> {
  for (const node of model.nodes) {
    const settings = node.settings ?? {};
    for (const name of EXPRESSION_SETTINGS) {
      const expression = settings[name];
      if (typeof expression === 'string') yield { path: `${at(node)}.settings.${name}`, expression };
    }
    if (settings.limit?.key !== undefined)
      yield { path: `${at(node)}.settings.limit.key`, expression: settings.limit.key };
  }
  for (const [index, connection] of model.connections.entries())
    if (connection.when !== undefined) yield { path: `connections.${index}.when`, expression: connection.when };
}
