// Settings of nodes and of the topology: what each kind needs, and what stands where it means nothing.

import { Cron } from 'croner';
import { type Graph, isStart } from '../graph/graph.ts';
import { type Node, type NodeKind, type Settings, WORKER_KINDS } from '../model/schema.ts';
import { at, type Problem } from './problem.ts';

interface Need {
  readonly has: (settings: Settings) => boolean;
  readonly setting: string;
  readonly what: string;
}

const NEEDS: Partial<Record<NodeKind, Need>> = {
  map: { has: (s) => s.expression !== undefined, setting: 'expression', what: 'JSONata that makes the new body' },
  filter: {
    has: (s) => s.condition !== undefined,
    setting: 'condition',
    what: 'JSONata that is true when the message may pass',
  },
  delay: {
    has: (s) => s.delayMs !== undefined || s.until !== undefined,
    setting: 'delayMs',
    what: 'milliseconds to wait (or settings.until)',
  },
  cron: { has: (s) => Boolean(s.cron), setting: 'cron', what: 'a schedule, such as "*/5 * * * *"' },
  call: { has: (s) => s.topology !== undefined, setting: 'topology', what: 'the name of the topology it calls' },
  topic: { has: (s) => s.topic !== undefined, setting: 'topic', what: 'the name under which messages are published' },
};

/** Longest call of a worker, in milliseconds. */
const MAX_CALL_MS = 86_400_000;

export function* kindSettings({ model }: Graph): Iterable<Problem> {
  for (const node of model.nodes) {
    const settings = node.settings ?? {};
    const need = NEEDS[node.kind];
    if (need && !need.has(settings))
      yield {
        code: 'node.setting_missing',
        path: `${at(node)}.settings.${need.setting}`,
        message: `Node "${node.id}" is a ${node.kind} and needs settings.${need.setting}: ${need.what}.`,
      };
    if (node.kind === 'cron' && settings.cron) yield* cronProblems(node, settings.cron);
    if (node.kind === 'webhook' && (settings.application === undefined) !== (settings.event === undefined)) {
      const missing = settings.event === undefined ? 'event' : 'application';
      yield {
        code: 'node.setting_missing',
        path: `${at(node)}.settings.${missing}`,
        message: `Webhook "${node.id}" names ${missing === 'event' ? 'an application and no event' : 'an event and no application'}. Set settings.${missing}, or neither for an address alone.`,
      };
    }
    if (node.kind === 'collect' && !ends(settings))
      yield {
        code: 'collect.endless',
        path: `${at(node)}.settings`,
        message: `Collect "${node.id}" would wait for ever: it has no count, no complete and no timeoutMs. Set at least one.`,
      };
    if (node.kind === 'user-task' && settings.form) yield* formProblems(node, settings.form);
    if (WORKER_KINDS.has(node.kind) && (settings.timeoutMs ?? 0) > MAX_CALL_MS)
      yield {
        code: 'node.setting_invalid',
        path: `${at(node)}.settings.timeoutMs`,
        message: `A worker may take at most ${MAX_CALL_MS} ms for a call, node "${node.id}" allows ${settings.timeoutMs}. Lower it.`,
      };
  }
}

const ends = ({ count, complete, timeoutMs }: Settings): boolean =>
  count !== undefined || complete !== undefined || timeoutMs !== undefined;

/** A form asks for the members of an object; what else its schema may say is judged by whoever reads schemas. */
function* formProblems(node: Node, { type, properties }: Readonly<Record<string, unknown>>): Iterable<Problem> {
  const asks = typeof properties === 'object' && properties !== null && !Array.isArray(properties);
  if (type === 'object' && asks && Object.keys(properties).length > 0) return;
  yield {
    code: 'node.setting_invalid',
    path: `${at(node)}.settings.form`,
    message: `The form of "${node.id}" asks nothing: a JSON Schema with "type": "object" and "properties" is expected. Name what the person is asked for, or remove settings.form.`,
  };
}

/** A setting that does nothing where it stands was meant to do something. */
export function* settingsInPlace(graph: Graph): Iterable<Problem> {
  for (const node of graph.model.nodes) {
    const { businessKey, breakpoint, catchUp, event, form } = node.settings ?? {};
    const start = isStart(graph, node);
    const misplaced = (setting: string, where: string): Problem => ({
      code: 'node.setting_misplaced',
      path: `${at(node)}.settings.${setting}`,
      message: `settings.${setting} of node "${node.id}" means something only on ${where}. Remove it.`,
    });
    if (businessKey !== undefined && !start) yield misplaced('businessKey', 'a start');
    if (breakpoint && start) yield misplaced('breakpoint', 'a node that messages arrive at');
    if (catchUp !== undefined && node.kind !== 'cron') yield misplaced('catchUp', 'a cron');
    if (form !== undefined && node.kind !== 'user-task') yield misplaced('form', 'a user-task');
    if (event !== undefined && node.kind !== 'webhook') yield misplaced('event', 'a webhook');
  }
}

/** Settings of a topology are few: one that is not known is a slip of the pen. */
export function* topologySettings({ model }: Graph): Iterable<Problem> {
  for (const name of Object.keys(model.settings ?? {}))
    if (name !== 'compensate')
      yield {
        code: 'topology.setting_unknown',
        path: `settings.${name}`,
        message: `The topology has a setting "${name}", known is "compensate". Correct or remove it.`,
      };
  if (
    model.settings?.compensate !== undefined &&
    !model.connections.some((connection) => connection.on === 'compensation')
  )
    yield {
      code: 'topology.nothing_to_compensate',
      path: 'settings.compensate',
      message: 'The topology says when it is compensated, but no connection is of "on": "compensation". Add one.',
    };
}

function* cronProblems(node: Node, cron: string): Iterable<Problem> {
  const { timeZone } = node.settings ?? {};
  const path = `${at(node)}.settings.cron`;
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
