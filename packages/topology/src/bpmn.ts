// Door: BPMN 2.0 to a model and back, without loss (docs/guides/bpmn.md, docs/adr).
//
// The document a model came from is kept beside its meaning, in `layout.bpmn`; what goes out is that document, made to
// mean what the model means by now.

import { Diagram } from './bpmn/diagram/diagram.ts';
import { placeAll } from './bpmn/diagram/place.ts';
import { BpmnDocument } from './bpmn/document.ts';
import { sameMeaning } from './bpmn/meaning.ts';
import { modelOf, readDocument } from './bpmn/read/read.ts';
import { emptyDocument } from './bpmn/write/empty.ts';
import { reconcile } from './bpmn/write/reconcile.ts';
import { decodeXml } from './bpmn/xml/decode.ts';
import { printXml } from './bpmn/xml/tree.ts';
import type { TopologyModel } from './model/schema.ts';
import type { Problem } from './validation/problem.ts';
import { validate } from './validation/validate.ts';

export { sameMeaning } from './bpmn/meaning.ts';
export { SLUICE as BPMN_EXTENSION_NAMESPACE } from './bpmn/namespaces.ts';

/** Ids of the elements that a model was read from. */
export interface Sources {
  /** By the id of the node; an element that runs for each of many items is the source of three nodes. */
  readonly nodes: ReadonlyMap<string, string>;
  /** In the order of the connections; null for what an element has inside. */
  readonly connections: readonly (string | null)[];
}

export interface FromBpmn {
  /** Name of the topology; without it the document's own. */
  readonly name?: string | undefined;
  /** Workers by the names the document calls them, as they are called here. */
  readonly workers?: Readonly<Record<string, string>> | undefined;
  /** What the transport says about the bytes. */
  readonly charset?: string | undefined;
}

/**
 * Read a document. What cannot run here is kept, and is among the problems with its element and the reason.
 * @throws SluiceError `bpmn.*` when it cannot be read without guessing
 */
export function fromBpmn(
  input: string | Uint8Array,
  { name, workers = {}, charset }: FromBpmn = {},
): { model: TopologyModel; problems: readonly Problem[]; sources: Sources } {
  const text = decodeXml(input, charset);
  const reading = readDocument(new BpmnDocument(text));
  const read = modelOf(reading, name);
  const nodes = read.nodes.map((node) =>
    node.worker !== undefined && Object.hasOwn(workers, node.worker)
      ? { ...node, worker: workers[node.worker]! }
      : node,
  );
  const model = { ...read, nodes, layout: { ...(read.layout as object | undefined), bpmn: text } };
  const sources = {
    nodes: new Map(reading.places.map(({ id, element }) => [id, element.get('id')!])),
    connections: reading.lines.map(({ element }) => element?.get('id') ?? null),
  };
  return { model, problems: validate(model), sources };
}

export interface ToBpmn {
  /** Place what nobody has placed yet; default true. */
  readonly layout?: boolean;
}

/**
 * Write a document: the one the model came from with what has changed since, else a new one.
 * @throws SluiceError `bpmn.not_drawable`
 */
export function toBpmn(model: TopologyModel, { layout = true }: ToBpmn = {}): string {
  const kept = keptDocument(model);
  const document = kept === null ? emptyDocument(model.name) : new BpmnDocument(kept);
  const unchanged = kept !== null && sameMeaning(modelOf(readDocument(document), undefined), model);
  const redrawn = unchanged ? new Set<never>() : reconcile(document, model);
  if (layout && (!unchanged || new Diagram(document).isEmpty))
    placeAll(document, positionsOf(document, model), redrawn);
  else if (unchanged) return kept;
  return printXml(document.xml);
}

function keptDocument({ layout }: TopologyModel): string | null {
  const kept = (layout as { bpmn?: unknown } | null | undefined)?.bpmn;
  return typeof kept === 'string' ? kept : null;
}

/** Where a model that came from elsewhere says its boxes sit. */
function positionsOf(document: BpmnDocument, { layout }: TopologyModel): Map<string, { x: number; y: number }> {
  const positions = (layout as { positions?: unknown } | null | undefined)?.positions;
  const found = new Map<string, { x: number; y: number }>();
  if (typeof positions !== 'object' || positions === null) return found;
  for (const { id, element } of readDocument(document).places) {
    const { x, y } = ((positions as Record<string, unknown>)[id] ?? {}) as { x?: unknown; y?: unknown };
    if (typeof x === 'number' && typeof y === 'number') found.set(element.get('id')!, { x, y });
  }
  return found;
}
