// A part of the picture as a document of its own, so that meaning is read and written by the same code as of whole
// documents, at the cost of the part.
//
// What an element means depends on what it is joined to: how many flows arrive at a gateway, which is its default, what
// sits at the border of a step. So around the wanted elements their neighbours come along with all their flows, and
// around those, as mere ends, the neighbours of the neighbours.

import { BPMN_EXTENSION_NAMESPACE } from '@sluice/topology/bpmn';
import { Writer } from 'moddle-xml';
import { is, isFlowNode, type Moddle } from '../../view/diagram.ts';

const NAMESPACES = {
  bpmn: 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  sluice: BPMN_EXTENSION_NAMESPACE,
};

/** Who is joined to whom. */
export interface Graph {
  /** Top-level flow nodes and the lines between them, in the order of the document. */
  readonly nodes: readonly Moddle[];
  readonly lines: readonly Moddle[];
  /** The step at whose border an event sits; a step itself. */
  hostOf(node: Moddle): Moddle;
  /** Lines of a step and of the events at its border. */
  linesOf(host: Moddle): readonly Moddle[];
  eventsOf(host: Moddle): readonly Moddle[];
  /** The process that carries what is said of the whole. */
  readonly main: Moddle;
}

export interface Fragment {
  readonly text: string;
  /** Steps whose meaning the text says in full. */
  readonly whole: ReadonlySet<Moddle>;
  /** Everything in it. */
  readonly elements: ReadonlySet<Moddle>;
}

export function graphOf(definitions: Moddle): Graph {
  const processes = ((definitions.rootElements ?? []) as Moddle[]).filter((root) => is(root, 'bpmn:Process'));
  const nodes: Moddle[] = [];
  const lines: Moddle[] = [];
  for (const process of processes) {
    for (const element of (process.flowElements ?? []) as Moddle[])
      if (isFlowNode(element)) nodes.push(element);
      else if (is(element, 'bpmn:SequenceFlow')) lines.push(element);
    for (const artifact of (process.artifacts ?? []) as Moddle[])
      if (is(artifact, 'bpmn:Association') && is(artifact.sourceRef, 'bpmn:BoundaryEvent')) lines.push(artifact);
  }
  const hostOf = (node: Moddle): Moddle =>
    is(node, 'bpmn:BoundaryEvent') && node.attachedToRef ? node.attachedToRef : node;
  const events = new Map<Moddle, Moddle[]>();
  for (const node of nodes) if (hostOf(node) !== node) push(events, hostOf(node), node);
  const joined = new Map<Moddle, Moddle[]>();
  for (const line of lines)
    for (const host of new Set(([line.sourceRef, line.targetRef] as Moddle[]).filter(Boolean).map(hostOf)))
      push(joined, host, line);
  const main =
    processes.find(({ extensionElements }) =>
      (extensionElements?.values ?? []).some((value: Moddle) => value.$type === 'sluice:topology'),
    ) ??
    processes.find(({ flowElements = [] }) => flowElements.length > 0) ??
    processes[0]!;
  return {
    nodes,
    lines,
    hostOf,
    linesOf: (host) => joined.get(host) ?? [],
    eventsOf: (host) => events.get(host) ?? [],
    main,
  };
}

export function fragmentOf(definitions: Moddle, graph: Graph, wanted: Iterable<Moddle>): Fragment {
  const whole = new Set<Moddle>();
  for (const element of wanted) whole.add(graph.hostOf(element));
  for (const host of [...whole]) for (const end of endsOf(graph, host)) whole.add(end);
  const ends = new Set(whole);
  const lines = new Set<Moddle>();
  for (const host of whole) {
    for (const line of graph.linesOf(host)) lines.add(line);
    for (const end of endsOf(graph, host)) ends.add(end);
  }
  const elements = new Set<Moddle>();
  for (const node of graph.nodes) if (ends.has(graph.hostOf(node))) elements.add(node);
  for (const line of graph.lines) if (lines.has(line)) elements.add(line);
  return { text: documentOf(definitions, graph.main, elements), whole, elements };
}

/** Steps that a line joins to this one. */
function* endsOf(graph: Graph, host: Moddle): Iterable<Moddle> {
  for (const { sourceRef, targetRef } of graph.linesOf(host))
    for (const end of [sourceRef, targetRef] as Moddle[]) if (end) yield graph.hostOf(end);
}

/** @param diagrams  what is said of where things sit */
export function documentOf(
  definitions: Moddle,
  main: Moddle,
  elements: Iterable<Moddle>,
  diagrams: Iterable<Moddle> = [],
): string {
  const parts = [`<bpmn:definitions${attributes({ ...xmlns(), ...languages(definitions) })}>`];
  for (const root of definitions.rootElements as Moddle[])
    if (!is(root, 'bpmn:Process') && !is(root, 'bpmn:Collaboration')) parts.push(partOf(root));
  const { id, name } = main;
  parts.push(`<bpmn:process${attributes({ id, name, isExecutable: 'true' })}>`);
  for (const text of (main.documentation ?? []) as Moddle[]) parts.push(partOf(text));
  if (main.extensionElements) parts.push(partOf(main.extensionElements));
  const artifacts: string[] = [];
  for (const element of elements) (is(element, 'bpmn:Artifact') ? artifacts : parts).push(partOf(element));
  parts.push(...artifacts, '</bpmn:process>');
  const shapes = [...diagrams].map(partOf);
  if (shapes.length > 0)
    parts.push(
      `<bpmndi:BPMNDiagram><bpmndi:BPMNPlane${attributes({ bpmnElement: id })}>`,
      ...shapes,
      '</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>',
    );
  return [...parts, '</bpmn:definitions>'].join('\n');
}

/** An element as part of a document, which declares our prefixes once. */
function partOf(element: Moddle): string {
  const text = xmlOf(element);
  const head = text.indexOf('>');
  const tag = Object.entries(NAMESPACES).reduce(
    (rest, [prefix, uri]) => rest.replace(` xmlns:${prefix}="${uri}"`, ''),
    text.slice(0, head),
  );
  return tag + text.slice(head);
}

export const xmlOf = (element: Moddle): string => new Writer({ preamble: false }).toXML(element);

const xmlns = (): Record<string, string> =>
  Object.fromEntries(Object.entries(NAMESPACES).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]));

const languages = ({ expressionLanguage, typeLanguage }: Moddle): Record<string, string | undefined> => ({
  targetNamespace: BPMN_EXTENSION_NAMESPACE,
  expressionLanguage,
  typeLanguage,
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};
const attributes = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${value.replace(/[&<"\n\t\r]/g, (char) => ENTITIES[char]!)}"`,
    )
    .join('');

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
