// The second half of a reconciliation: the structure stands, now every element says what its part of the model says.
//
// What BPMN has a place for comes first, then the document is read once more, and what is still missing goes into our
// extension elements.

import type { Connection, Node, TopologyModel } from '../../model/schema.ts';
import { type BpmnDocument, isGateway } from '../document.ts';
import { wholeOf } from '../meaning.ts';
import { extensionOf, type Fields } from '../read/extension.ts';
import type { Line } from '../read/lines.ts';
import { NO_NODE, type Place } from '../read/places.ts';
import { type Reading, readDocument } from '../read/read.ts';
import { same } from '../same.ts';
import type { XmlElement } from '../xml/tree.ts';
import { writeExtension } from './extension.ts';
import type { Drawn } from './reconcile.ts';
import { writeCondition, writeDescription, writeStandard, writeTrigger } from './standard.ts';

export function say(document: BpmnDocument, model: TopologyModel, drawn: Drawn): void {
  const byElement = new Map([...drawn.connections].map(([connection, element]) => [element, connection]));
  const made = new Map(model.nodes.map((node) => [drawn.nodes.get(node.id), node]));
  const known = new Map(model.nodes.map((node) => [node.id, node]));
  // What was drawn just now does not say yet what its node is called.
  const nodeOf = ({ element, id }: Place): Node | undefined =>
    drawn.made.has(element) ? made.get(element) : known.get(id);
  const lineOf = ({ element }: Line): Connection | undefined => (element ? byElement.get(element) : undefined);

  const before = readDocument(document);
  for (const place of before.places) {
    const node = nodeOf(place);
    if (node && place.part === 'whole' && !same(place.fields, withoutId(node)))
      writeStandard(place.element, node, place.implied, document);
  }
  for (const line of before.lines) {
    const connection = lineOf(line);
    if (connection && (drawn.made.has(line.element!) || !same(line.fields, withoutEnds(connection))))
      sayOfLine(document, before, line, connection);
  }
  const whole = wholeOf(model);
  if (whole.description !== before.fields.description) writeDescription(before.main, whole.description);

  const after = readDocument(document);
  for (const place of after.places) {
    const node = nodeOf(place);
    if (!node) writeExtension(place.element, { local: 'node', wanted: { kind: NO_NODE }, implied: {} });
    else if (drawn.made.has(place.element) || !same(place.fields, withoutId(node)))
      extendNode(place, node, drawn.made.has(place.element));
  }
  const position = new Map(model.connections.map((connection, index) => [connection, index]));
  // Associations stand behind all flows, so those that are connections say where they stand among them.
  const undo = new Set(after.lines.filter(({ element }) => element?.local === 'association'));
  const placed = [...undo].some(({ element }) => drawn.made.has(element!) || placeOf(element!) !== undefined);
  for (const line of after.lines) {
    const connection = lineOf(line);
    if (!connection) continue;
    const place = placed && undo.has(line) ? String(position.get(connection)!) : undefined;
    const wanted = withoutEnds(connection);
    if (same(line.fields, wanted) && place === placeOf(line.element!)) continue;
    const guides: Record<string, string> = place === undefined ? {} : { position: place };
    writeExtension(line.element!, { local: 'connection', wanted, implied: line.implied, guides });
  }
  if (!same(after.fields, whole)) {
    const named = extensionOf(after.main, 'topology')?.get('name') !== undefined;
    writeExtension(after.main, {
      local: 'topology',
      wanted: whole,
      implied: after.implied,
      always: named ? ['name'] : [],
    });
  }
}

const withoutId = ({ id: _, ...fields }: Node): Fields => fields;
const placeOf = (element: XmlElement): string | undefined => extensionOf(element, 'connection')?.get('position');
const withoutEnds = ({ from: _, to: __, ...fields }: Connection): Fields => fields;

function extendNode({ element, part, elementId, implied }: Place, node: Node, made: boolean): void {
  const { notRunnable, ...runnable } = implied;
  const explicit =
    made ||
    node.kind !== implied.kind ||
    (notRunnable !== undefined && node.notRunnable === undefined) ||
    extensionOf(element, 'node', part)?.get('kind') !== undefined;
  writeExtension(element, {
    local: 'node',
    part,
    wanted: node,
    implied: { ...(explicit ? runnable : implied), id: elementId },
    always: explicit ? ['kind'] : [],
  });
}

function sayOfLine(document: BpmnDocument, { lines }: Reading, line: Line, connection: Connection): void {
  const { boundary, implied } = line;
  const flow = line.element!;
  const wanted: Fields = connection;
  if (boundary && !(same(wanted.codes, implied.codes) && same(wanted.afterMs, implied.afterMs))) {
    const alone = lines.filter((other) => other.boundary === boundary).length === 1;
    const sayable = wanted.on !== 'timer' || (Number.isSafeInteger(wanted.afterMs) && (wanted.afterMs as number) >= 0);
    if (alone && sayable) writeTrigger(boundary, wanted, document);
  }
  if (flow.local !== 'sequenceFlow') return;
  if (wanted.when !== implied.when) writeCondition(flow, wanted.when);
  const source = document.byId(flow.get('sourceRef'))!;
  if (!isGateway(source) || source.local === 'parallelGateway') return;
  const id = flow.get('id');
  if (wanted.when === undefined && source.get('default') === undefined) source.set('default', id);
  else if (wanted.when !== undefined && source.get('default') === id) source.set('default', undefined);
}
