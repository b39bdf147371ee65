// Give every flow node a shape and every flow an edge that has none yet. What is placed already is not moved.

import { type BpmnDocument, isActivity, isEvent, isFlowNode, isGateway } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type Bounds, Diagram, type Point } from './diagram.ts';
import { layers } from './layers.ts';

/** Positions that a model brings along, by the id of the element. */
export type Positions = ReadonlyMap<string, Point>;

/** From centre to centre; a step is wide, so that its name fits on one line. */
const STEP = { x: 230, y: 110 };
const MARGIN = 60;

/** @param redrawn  elements whose shape has to get the size of their new type */
export function placeAll(document: BpmnDocument, positions: Positions, redrawn: ReadonlySet<XmlElement>): void {
  const diagram = new Diagram(document);
  const empty = diagram.isEmpty;
  let top = MARGIN;
  for (const process of document.processes) {
    const boxes = [...process.elements(BPMN)].filter((element) => isFlowNode(element) && !isBoundary(element));
    if (empty) top = placeFresh(document, diagram, process, boxes, positions, top);
    else {
      fit(
        diagram,
        boxes.filter((box) => redrawn.has(box)),
      );
      placeNear(document, diagram, boxes);
    }
    for (const event of process.elements(BPMN, 'boundaryEvent')) placeBoundary(document, diagram, event);
    for (const flow of process.elements(BPMN))
      if ((flow.local === 'sequenceFlow' || isUndo(document, flow)) && !diagram.hasEdge(flow))
        placeEdge(document, diagram, flow);
  }
  if (empty) placePools(document, diagram);
}

const isBoundary = (element: XmlElement): boolean => element.local === 'boundaryEvent';
const isUndo = (document: BpmnDocument, element: XmlElement): boolean =>
  element.local === 'association' && document.byId(element.get('sourceRef'))?.local === 'boundaryEvent';

function sizeOf(element: XmlElement): { width: number; height: number } {
  if (isEvent(element)) return { width: 36, height: 36 };
  return isActivity(element) ? { width: 168, height: 64 } : { width: 50, height: 50 };
}

const around = ({ x, y }: Point, element: XmlElement): Bounds => {
  const { width, height } = sizeOf(element);
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
};
const centre = ({ x, y, width, height }: Bounds): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Attributes without which some tools do not show a shape. */
const looks = (element: XmlElement): Record<string, string> =>
  element.local === 'exclusiveGateway'
    ? { isMarkerVisible: 'true' }
    : /[sS]ubProcess$|^transaction$/.test(element.local)
      ? { isExpanded: 'false' }
      : {};

/** @returns where the next process may begin */
function placeFresh(
  document: BpmnDocument,
  diagram: Diagram,
  process: XmlElement,
  boxes: readonly XmlElement[],
  positions: Positions,
  top: number,
): number {
  const index = new Map(boxes.map((box, at) => [box, at]));
  const edges = [...process.elements(BPMN)].flatMap((flow) => {
    if (flow.local !== 'sequenceFlow' && !isUndo(document, flow)) return [];
    const [from, to] = [hostOf(document, flow.get('sourceRef')), hostOf(document, flow.get('targetRef'))];
    const [a, b] = [from && index.get(from), to && index.get(to)];
    return a === undefined || b === undefined ? [] : [{ from: a, to: b }];
  });
  const cells = layers(boxes.length, edges);
  const columns = columnsOf(boxes, cells);
  let bottom = top;
  for (const [at, box] of boxes.entries()) {
    const { column, row } = cells[at]!;
    const point = positions.get(box.get('id')!) ?? { x: columns[column]!, y: top + 40 + row * STEP.y };
    const bounds = around(point, box);
    diagram.addShape(box, bounds, looks(box));
    bottom = Math.max(bottom, bounds.y + bounds.height);
  }
  return bottom + 2 * MARGIN;
}

/** Gaps between columns; after a gateway there is room for the conditions of its flows. */
const GAP = { plain: 64, decided: 150 };

/** The middle of each column: as wide as the widest of its boxes. */
function columnsOf(boxes: readonly XmlElement[], cells: readonly { readonly column: number }[]): number[] {
  const widths: number[] = [];
  const gaps: number[] = [];
  for (const [at, box] of boxes.entries()) {
    const { column } = cells[at]!;
    widths[column] = Math.max(widths[column] ?? 0, sizeOf(box).width);
    gaps[column] = Math.max(gaps[column] ?? 0, isGateway(box) ? GAP.decided : GAP.plain);
  }
  let left = MARGIN;
  return widths.map((width, column) => {
    const middle = left + width / 2;
    left += width + gaps[column]!;
    return middle;
  });
}

/** A shape whose element became another type keeps its centre and gets the size of the new type. */
function fit(diagram: Diagram, boxes: readonly XmlElement[]): void {
  for (const box of boxes) {
    const bounds = diagram.boundsOf(box);
    if (bounds) diagram.moveShape(box, around(centre(bounds), box));
  }
}

/** New boxes stand to the right of what leads to them, below what is there already. */
function placeNear(document: BpmnDocument, diagram: Diagram, boxes: readonly XmlElement[]): void {
  const taken = new Set([...diagram.all].map((bounds) => cellOf(centre(bounds))));
  const before = new Map<XmlElement, XmlElement>();
  for (const box of boxes)
    for (const flow of box.parent!.elements(BPMN, 'sequenceFlow')) {
      if (flow.get('targetRef') !== box.get('id') || diagram.boundsOf(box)) continue;
      const source = hostOf(document, flow.get('sourceRef'));
      if (source && source !== box && !before.has(box)) before.set(box, source);
    }
  // Those that follow one which is placed come first, so that a new chain grows from where it begins.
  const open = boxes.filter((box) => !diagram.boundsOf(box));
  const ready = open.filter((box) => before.has(box) && diagram.boundsOf(before.get(box)!));
  const rest = new Set(open.filter((box) => !ready.includes(box)));
  for (let box = ready.shift() ?? first(rest); box; box = ready.shift() ?? first(rest)) {
    rest.delete(box);
    const from = before.get(box) && diagram.boundsOf(before.get(box)!);
    let point = from ? { x: centre(from).x + STEP.x, y: centre(from).y } : { x: MARGIN + 84, y: MARGIN + 40 };
    while (taken.has(cellOf(point))) point = { x: point.x, y: point.y + STEP.y };
    taken.add(cellOf(point));
    diagram.addShape(box, around(point, box), looks(box));
    for (const other of rest)
      if (before.get(other) === box) {
        ready.push(other);
        rest.delete(other);
      }
  }
}

const first = (set: ReadonlySet<XmlElement>): XmlElement | undefined => set.values().next().value;
const cellOf = ({ x, y }: Point): string => `${Math.round(x / STEP.x)}/${Math.round(y / STEP.y)}`;

/** An activity by its own id or by that of an event at its border. */
function hostOf(document: BpmnDocument, id: string | undefined): XmlElement | undefined {
  const element = document.byId(id);
  return element?.local === 'boundaryEvent' ? document.byId(element.get('attachedToRef')) : element;
}

function placeBoundary(document: BpmnDocument, diagram: Diagram, event: XmlElement): void {
  const host = document.byId(event.get('attachedToRef'));
  const bounds = host && diagram.boundsOf(host);
  if (!bounds || diagram.boundsOf(event)) return;
  const siblings = [...event.parent!.elements(BPMN, 'boundaryEvent')].filter(
    (other) => other.get('attachedToRef') === event.get('attachedToRef') && diagram.boundsOf(other),
  );
  const x = bounds.x + bounds.width - 18 - ((siblings.length * 36) % Math.max(36, bounds.width));
  diagram.addShape(event, around({ x, y: bounds.y + bounds.height }, event));
}

function placeEdge(document: BpmnDocument, diagram: Diagram, flow: XmlElement): void {
  const source = document.byId(flow.get('sourceRef'));
  const target = document.byId(flow.get('targetRef'));
  const [a, b] = [source && diagram.boundsOf(source), target && diagram.boundsOf(target)];
  if (!source || !a || !b || flow.get('id') === undefined) return;
  diagram.addEdge(flow, isBoundary(source) ? fromBelow(a, b) : b.x >= a.x + a.width ? across(a, b) : back(a, b));
}

function across(a: Bounds, b: Bounds): Point[] {
  const from = { x: a.x + a.width, y: centre(a).y };
  const to = { x: b.x, y: centre(b).y };
  if (from.y === to.y) return [from, to];
  // Near the source, so that flows that begin together part early.
  const x = Math.round(from.x + Math.min(32, (to.x - from.x) / 2));
  return [from, { x, y: from.y }, { x, y: to.y }, to];
}

/** From the lower edge around below to the lower edge. */
function back(a: Bounds, b: Bounds): Point[] {
  const y = Math.max(a.y + a.height, b.y + b.height) + 20;
  const [from, to] = [centre(a), centre(b)];
  return [
    { x: from.x, y: a.y + a.height },
    { x: from.x, y },
    { x: to.x, y },
    { x: to.x, y: b.y + b.height },
  ];
}

function fromBelow(a: Bounds, b: Bounds): Point[] {
  const from = { x: centre(a).x, y: a.y + a.height };
  const y = centre(b).y;
  if (b.x > from.x && y > from.y) return [from, { x: from.x, y }, { x: b.x, y }];
  return back(a, b);
}

/** Pools around what their processes have drawn. */
function placePools(document: BpmnDocument, diagram: Diagram): void {
  const collaboration = document.definitions.first(BPMN, 'collaboration');
  for (const pool of collaboration?.elements(BPMN, 'participant') ?? []) {
    const process = document.byId(pool.get('processRef'));
    const inside = [...(process?.elements(BPMN) ?? [])].flatMap((element) => diagram.boundsOf(element) ?? []);
    if (inside.length === 0 || diagram.boundsOf(pool)) continue;
    const x = Math.min(...inside.map((bounds) => bounds.x)) - MARGIN;
    const y = Math.min(...inside.map((bounds) => bounds.y)) - 30;
    const width = Math.max(...inside.map((bounds) => bounds.x + bounds.width)) + 30 - x;
    const height = Math.max(...inside.map((bounds) => bounds.y + bounds.height)) + 30 - y;
    diagram.addShape(pool, { x, y, width, height }, { isHorizontal: 'true' });
  }
}
