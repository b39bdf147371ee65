// A document is made to mean what a model says, and stays what it was in everything else.
//
// First the structure: what went is removed with all that points to it, what is new is drawn. Then the document is read
// again, and only where it says something else than the model is it written (say.ts). A model without a document is
// reconciled with an empty one, so there is one way only.

import { SluiceError } from '@sluice/protocol';
import type { Connection, Node, TopologyModel } from '../../model/schema.ts';
import { type BpmnDocument, isActivity, isEvent } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import { flowsOf } from '../read/flows.ts';
import type { Line } from '../read/lines.ts';
import type { Place } from '../read/places.ts';
import { readDocument } from '../read/read.ts';
import { remove } from '../xml/edit.ts';
import type { XmlElement } from '../xml/tree.ts';
import { Draw } from './draw.ts';
import { removeAll } from './references.ts';
import { say } from './say.ts';
import { type Drawing, drawingOf } from './shape.ts';

/** What was drawn: the element of each node and of each connection. */
export interface Drawn {
  readonly nodes: Map<string, XmlElement>;
  readonly connections: Map<Connection, XmlElement>;
  /** Elements that this reconciliation made. */
  readonly made: Set<XmlElement>;
}

/**
 * @returns elements that became another type, whose shapes no longer fit
 * @throws SluiceError `bpmn.not_drawable` when nodes share an id or a connection ends nowhere
 */
export function reconcile(document: BpmnDocument, model: TopologyModel): ReadonlySet<XmlElement> {
  checkDrawable(model);
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  const ends = endsOf(model);
  settleMany(document, model, nodes, ends);
  removeGone(document, model, nodes);
  const draw = new Draw(document);
  const redrawn = redraw(document, draw, model, nodes, ends);

  const reading = readDocument(document);
  const drawn: Drawn = { nodes: new Map(), connections: new Map(), made: new Set() };
  for (const { id, element } of reading.places) if (nodes.has(id)) drawn.nodes.set(id, element);
  for (const node of model.nodes) {
    if (drawn.nodes.has(node.id)) continue;
    const element = draw.node(node, ends.drawing(node), homeOf(node, document, model, drawn, reading.main));
    drawn.nodes.set(node.id, element);
    drawn.made.add(element);
  }
  const lines = matchLines(model, reading.lines).matched;
  for (const connection of model.connections) {
    const line = lines.get(connection);
    if (line && !line.element) continue;
    const element =
      line?.element ?? draw.connection(connection, drawn.nodes.get(connection.from)!, drawn.nodes.get(connection.to)!);
    if (!line) drawn.made.add(element);
    drawn.connections.set(connection, element);
  }
  markUndo(model, drawn);
  orderFlows(document, model, drawn);
  say(document, model, drawn);
  return redrawn;
}

function checkDrawable(model: TopologyModel): void {
  const ids = new Set<string>();
  const problems: string[] = [];
  for (const { id } of model.nodes) {
    if (ids.has(id)) problems.push(`two nodes are called "${id}"`);
    ids.add(id);
  }
  for (const { from, to } of model.connections)
    for (const end of [from, to])
      if (!ids.has(end)) problems.push(`the connection "${from}" → "${to}" names the unknown node "${end}"`);
  if (problems.length > 0) throw new SluiceError('bpmn.not_drawable', { name: model.name, problems });
}

interface Ends {
  drawing(node: Node): Drawing;
}

function endsOf(model: TopologyModel): Ends {
  const arrives = new Set(model.connections.map(({ to }) => to));
  const leaves = new Set(model.connections.map(({ from }) => from));
  return { drawing: (node) => drawingOf(node, arrives.has(node.id), leaves.has(node.id)) };
}

/**
 * An element that runs for each of many items is three nodes. When they are no longer joined as the element joins them,
 * it becomes a plain one, and the nodes around it are drawn.
 */
function settleMany(document: BpmnDocument, model: TopologyModel, nodes: ReadonlyMap<string, Node>, ends: Ends): void {
  const { places } = readDocument(document);
  const parts = new Map<XmlElement, Place[]>();
  for (const place of places) parts.set(place.element, [...(parts.get(place.element) ?? []), place]);
  for (const [element, [split, whole, collect]] of parts) {
    if (!split || !whole || !collect) continue;
    const from = (id: string) => model.connections.filter((line) => line.from === id);
    const to = (id: string) => model.connections.filter((line) => line.to === id);
    const only = (list: Connection[], end: 'from' | 'to', id: string): boolean =>
      list.length === 1 && list[0]![end] === id && Object.keys(list[0]!).length === 2;
    const node = nodes.get(whole.id);
    if (
      node &&
      isDrawnAsActivity(ends.drawing(node)) &&
      [split, collect].every(({ id }) => nodes.has(id)) &&
      only(from(split.id), 'to', whole.id) &&
      only(to(whole.id), 'from', split.id) &&
      only(from(whole.id).filter(plainLine), 'to', collect.id) &&
      from(collect.id).every(plainLine) &&
      only(to(collect.id), 'from', whole.id)
    )
      continue;
    const many = element.first(BPMN, 'multiInstanceLoopCharacteristics')!;
    document.forget(many);
    remove(many);
  }
}

const isDrawnAsActivity = ({ local }: Drawing): boolean => /Task$|^callActivity$/.test(local);
const plainLine = (connection: Connection): boolean => connection.on === undefined;

function removeGone(document: BpmnDocument, model: TopologyModel, nodes: ReadonlyMap<string, Node>): void {
  const { places, lines } = readDocument(document);
  const gone = new Set<XmlElement>();
  for (const { id, element, part } of places) if (part === 'whole' && !nodes.has(id)) gone.add(element);
  const { unmatched } = matchLines(model, lines);
  for (const { element } of unmatched) if (element) gone.add(element);
  for (const { boundary } of unmatched)
    if (boundary && lines.every((line) => line.boundary !== boundary || unmatched.has(line))) gone.add(boundary);
  if (gone.size === 0) return;

  // An end event is no node; it goes with the last path that leads to it.
  const there = new Set(places.map(({ element }) => element));
  const quiet = document.processes
    .flatMap((process) => [...process.elements(BPMN, 'endEvent')])
    .filter((event) => !there.has(event));
  const before = flowsOf(document);
  const reached = quiet.filter((event) => before.arriving(event).length > 0);
  removeAll(document, gone);
  const after = flowsOf(document);
  removeAll(
    document,
    reached.filter((event) => after.arriving(event).length === 0),
  );
}

/** Give elements another type where the one they have can no longer stand for their node. */
function redraw(
  document: BpmnDocument,
  draw: Draw,
  model: TopologyModel,
  nodes: ReadonlyMap<string, Node>,
  ends: Ends,
): Set<XmlElement> {
  const redrawn = new Set<XmlElement>();
  const conditional = new Set(model.connections.filter((line) => line.when !== 'true').map(({ from }) => from));
  for (const { id, element, part, fields } of readDocument(document).places) {
    const node = nodes.get(id);
    if (!node || part !== 'whole') continue;
    const drawing = ends.drawing(node);
    if (element.local === drawing.local) {
      if (node.kind === fields.kind) continue;
    } else if (!hasChanged(element, node, fields, drawing, conditional.has(id))) continue;
    if (isActivity(element) && !isDrawnAsActivity(drawing))
      removeAll(
        document,
        [...element.parent!.elements(BPMN, 'boundaryEvent')].filter(
          (event) => event.get('attachedToRef') === element.get('id'),
        ),
      );
    draw.redraw(element, drawing);
    redrawn.add(element);
  }
  return redrawn;
}

function hasChanged(
  element: XmlElement,
  node: Node,
  fields: Place['fields'],
  drawing: Drawing,
  conditional: boolean,
): boolean {
  if (node.kind !== fields.kind || (fields.notRunnable !== undefined && node.notRunnable === undefined)) return true;
  const mode = (fields.settings as Node['settings'])?.mode;
  if (node.kind === 'router')
    return (
      (node.settings?.mode ?? 'first') !== (mode ?? 'first') || (element.local === 'parallelGateway' && conditional)
    );
  return (node.kind === 'respond' || node.kind === 'topic') && isEvent(element) && drawing.local !== element.local;
}

/** Which line of the document each connection is. */
function matchLines(
  model: TopologyModel,
  lines: readonly Line[],
): { matched: Map<Connection, Line>; unmatched: ReadonlySet<Line> } {
  const keyOf = (from: string, to: string, on: unknown): string => JSON.stringify([from, to, on ?? null]);
  const waiting = new Map<string, Line[]>();
  for (const line of lines) {
    const key = keyOf(line.from, line.to, line.fields.on);
    waiting.set(key, [...(waiting.get(key) ?? []), line]);
  }
  const matched = new Map<Connection, Line>();
  const unmatched = new Set(lines);
  for (const connection of model.connections) {
    const line = waiting.get(keyOf(connection.from, connection.to, connection.on))?.shift();
    if (!line) continue;
    matched.set(connection, line);
    unmatched.delete(line);
  }
  return { matched, unmatched };
}

/** The process a new node belongs to: that of a neighbour. */
function homeOf(
  { id }: Node,
  { processes }: BpmnDocument,
  model: TopologyModel,
  drawn: Drawn,
  main: XmlElement,
): XmlElement {
  if (processes.length === 1) return main;
  for (const { from, to } of model.connections) {
    const neighbour = from === id ? drawn.nodes.get(to) : to === id ? drawn.nodes.get(from) : undefined;
    if (neighbour?.parent) return neighbour.parent;
  }
  return main;
}

/** A step that is reached only to undo others says so, as BPMN wants it. */
function markUndo(model: TopologyModel, drawn: Drawn): void {
  const otherwise = new Set<string>();
  for (const { from, to, on } of model.connections) {
    otherwise.add(from);
    if (on !== 'compensation') otherwise.add(to);
  }
  for (const [connection, element] of drawn.connections)
    if (drawn.made.has(element) && element.local === 'association' && !otherwise.has(connection.to))
      drawn.nodes.get(connection.to)!.set('isForCompensation', 'true');
}

/** What leaves a node is asked in the order of the model, so the flows stand in it; each keeps to the places flows have. */
function orderFlows(document: BpmnDocument, model: TopologyModel, drawn: Drawn): void {
  const order = new Map<XmlElement, number>();
  for (const [index, connection] of model.connections.entries()) {
    const element = drawn.connections.get(connection);
    if (element) order.set(element, index);
  }
  for (const { children } of document.processes) {
    const slots: number[] = [];
    const flows: XmlElement[] = [];
    for (const [index, child] of children.entries())
      if (child.type === 'element' && child.local === 'sequenceFlow' && order.has(child)) {
        slots.push(index);
        flows.push(child);
      }
    flows.sort((a, b) => order.get(a)! - order.get(b)!);
    for (const [index, slot] of slots.entries()) children[slot] = flows[index]!;
  }
}
