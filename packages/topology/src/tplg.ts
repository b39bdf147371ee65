// Door: topologies of existing systems, `NAME.tplg.json`. Their older form, `*.tplg`, is BPMN and goes in by that door.

import { SluiceError } from '@sluice/protocol';
import { z } from 'zod';
import { NAME_PATTERN, type TopologyModel, TopologySchema, WORKER_KINDS } from './model/schema.ts';
import type { Problem } from './validation/problem.ts';
import { validate } from './validation/validate.ts';

const Text = z.string().max(200);
const Action = z.looseObject({
  name: Text,
  worker: Text.nullish(),
  type: z.enum(['connector', 'batch', 'custom', 'webhook']).default('custom'),
  app: Text.nullish(),
  event: Text.nullish(),
  parameters: z.unknown().optional(),
});
const Flow = z.looseObject({
  type: z.literal('flow'),
  id: z.string().min(1).max(200),
  shape: z.enum(['circle', 'square', 'hexagon']).default('square'),
  label: Text.nullish(),
  name: Text.nullish(),
  action: Action.nullish(),
  position: z.looseObject({ x: z.number(), y: z.number() }).nullish(),
});
type Flow = z.infer<typeof Flow>;
const Annotation = z.looseObject({ type: z.literal('annotation') });
const File = z.looseObject({
  nodes: z.array(z.discriminatedUnion('type', [Flow, Annotation])).max(2_000),
  connections: z
    .array(z.looseObject({ from: z.string(), to: z.string() }))
    .max(10_000)
    .default([]),
});

export interface FromTplg {
  /** The file does not say it: its name is that of the file, without `.tplg.json`. */
  readonly name: string;
  /** Workers by the names the file calls them, as they are called here. */
  readonly workers?: Readonly<Record<string, string>> | undefined;
}

/** Whether JSON is such a file and no model of ours. */
export function isTplg(raw: unknown): boolean {
  const nodes = (raw as { nodes?: unknown } | null | undefined)?.nodes;
  return Array.isArray(nodes) && nodes.some((node) => ['flow', 'annotation'].includes(node?.type) && !node.kind);
}

/**
 * Read a file. Notes are kept beside the meaning, and positions place the boxes of an export.
 * @throws SluiceError `tplg.invalid` with all that is wrong
 */
export function fromTplg(
  raw: unknown,
  { name, workers = {} }: FromTplg,
): { model: TopologyModel; problems: readonly Problem[] } {
  const file = File.safeParse(raw);
  if (!file.success)
    throw new SluiceError('tplg.invalid', {
      problems: file.error.issues.slice(0, 20).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`),
    });
  if (!NAME_PATTERN.test(name)) throw new SluiceError('tplg.invalid', { problems: [`"${name}" is no name`] });
  const flows = file.data.nodes.filter((node): node is Flow => node.type === 'flow');
  // An end does nothing there; what leads to it ends without it.
  const kept = flows.filter((flow) => !isEnd(flow));
  const ends = new Set(flows.filter(isEnd).map(({ id }) => id));
  const notes = file.data.nodes.filter((node) => node.type === 'annotation');
  const placed = kept.flatMap(({ id, position }) => (position ? [[id, { x: position.x, y: position.y }]] : []));
  const model = TopologySchema.parse({
    name,
    nodes: kept.map((flow) => nodeOf(flow, workers)),
    connections: file.data.connections.flatMap(({ from, to }) =>
      ends.has(from) || ends.has(to) ? [] : [{ from, to }],
    ),
    layout: { positions: Object.fromEntries(placed), ...(notes.length > 0 ? { notes } : {}) },
  });
  return { model, problems: validate(model) };
}

const isEnd = ({ shape, label }: Flow): boolean => shape === 'circle' && label === 'End Event';

function nodeOf(flow: Flow, workers: Readonly<Record<string, string>>): Record<string, unknown> {
  const { id, shape, label, name, action } = flow;
  if (shape === 'hexagon') return { id, kind: 'user-task', name: name || 'user-task' };
  if (shape === 'circle') {
    if (label === 'Cron') return { id, kind: 'cron', name: name || 'cron' };
    if (label !== 'Webhook') return { id, kind: 'start', name: name || 'start' };
    const dot = action?.name.indexOf('.') ?? -1;
    const application = action?.app ?? (dot > 0 ? action!.name.slice(0, dot) : undefined);
    const event = action?.event ?? (dot > 0 ? action!.name.slice(dot + 1) : undefined);
    const full = application && event ? `${application}.${event}` : name || 'webhook';
    return { id, kind: 'webhook', name: full, ...(application && event ? { settings: { application, event } } : {}) };
  }
  if (!action) return { id, kind: 'router', name: name || undefined };
  const worked = (WORKER_KINDS as ReadonlySet<string>).has(action.type);
  return {
    id,
    kind: action.type,
    name: action.name,
    application: action.app ?? undefined,
    ...(worked
      ? {
          worker: action.worker
            ? Object.hasOwn(workers, action.worker)
              ? workers[action.worker]
              : action.worker
            : undefined,
          action: action.name,
          settings: { prefetch: 1 },
        }
      : {}),
    ...(action.parameters == null ? {} : { parameters: action.parameters }),
  };
}
