// Sequence flows, and the associations that compensate, to connections.

import { isActivity, isGateway } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import { isPlain } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Boundary } from './boundary.ts';
import { expressionOf } from './expression.ts';
import { extensionOf, type Fields, overlay } from './extension.ts';
import type { Surroundings } from './implied.ts';
import type { Places } from './places.ts';

/** A connection, and what it was read from. */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** A sequence flow or an association; null for what an element has inside. */
  readonly element: XmlElement | null;
  readonly boundary: XmlElement | null;
  /** What it says without our extension, the ends left out, and with it. */
  readonly implied: Fields;
  readonly fields: Fields;
}

export function linesOf(
  around: Surroundings,
  places: Places,
  boundaries: ReadonlyMap<XmlElement, Boundary>,
): readonly Line[] {
  const { document } = around;
  const lines: Line[] = [];
  const undoing: { line: Line; position: number }[] = [];
  const add = (from: string | undefined, to: string | undefined, rest: Omit<Line, 'from' | 'to' | 'fields'>): void => {
    if (from === undefined || to === undefined) return;
    const extension = rest.element ? extensionOf(rest.element, 'connection') : undefined;
    const fields = rest.element ? overlay(rest.implied, extension, rest.element) : rest.implied;
    const line = { from, to, ...rest, fields };
    const position = Number(extension?.get('position'));
    if (rest.element?.local === 'association' && position >= 0) undoing.push({ line, position });
    else lines.push(line);
  };
  for (const process of document.processes) {
    for (const flow of process.elements(BPMN, 'sequenceFlow')) {
      const source = document.byId(flow.get('sourceRef'))!;
      const to = places.entry(document.byId(flow.get('targetRef'))!);
      const boundary = boundaries.get(source);
      if (boundary?.on) {
        const implied = { ...boundary.on, ...conditionOf(flow, around) };
        add(places.middle(boundary.host), to, { element: flow, boundary: source, implied });
      } else add(places.exit(source), to, { element: flow, boundary: null, implied: impliedOf(flow, source, around) });
    }
  }
  for (const [event, { host, on, undo }] of boundaries)
    if (on?.on === 'compensation')
      for (const { association, handler } of undo)
        add(places.middle(host), places.entry(handler), { element: association, boundary: event, implied: on });
  for (const { element, part, id } of places.all)
    if (part === 'whole') {
      const [entry, exit] = [places.entry(element), places.exit(element)];
      if (entry !== id) add(entry, id, { element: null, boundary: null, implied: {} });
      if (exit !== id) add(id, exit, { element: null, boundary: null, implied: {} });
    }
  for (const { line, position } of undoing.sort((a, b) => a.position - b.position)) lines.splice(position, 0, line);
  return lines;
}

function impliedOf(flow: XmlElement, source: XmlElement, around: Surroundings): Fields {
  if (isGateway(source)) {
    if (source.local === 'parallelGateway') return around.flows.arriving(source).length > 1 ? {} : { when: 'true' };
    if (source.get('default') !== undefined && source.get('default') === flow.get('id')) return {};
  } else if (isActivity(source) && source.get('default') !== undefined && source.get('default') === flow.get('id'))
    return { notRunnable: 'the default flow of an activity has no counterpart here; let an exclusive gateway decide' };
  return conditionOf(flow, around);
}

function conditionOf(flow: XmlElement, { document }: Surroundings): Fields {
  const condition = flow.first(BPMN, 'conditionExpression');
  if (!condition || !isPlain(condition.text.trim())) return {};
  const { text, foreign } = expressionOf(condition, document);
  return foreign === undefined ? { when: text } : { when: text, notRunnable: foreign };
}
