// A document to a model, and what each part of the model was read from.

import { SluiceError } from '@sluice/protocol';
import { NAME_PATTERN, type TopologyModel, TopologySchema } from '../../model/schema.ts';
import type { BpmnDocument } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import { isPlain } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';
import { boundariesOf } from './boundary.ts';
import { extensionOf, type Fields, overlay } from './extension.ts';
import { flowsOf } from './flows.ts';
import { type Line, linesOf } from './lines.ts';
import { type Place, placesOf } from './places.ts';

export interface Reading {
  /** Members of the model beside its nodes and connections: what the document says without and with our extension. */
  readonly implied: Fields;
  readonly fields: Fields;
  /** The process that carries what we say of the whole. */
  readonly main: XmlElement;
  readonly places: readonly Place[];
  readonly lines: readonly Line[];
}

export function readDocument(document: BpmnDocument): Reading {
  const flows = flowsOf(document);
  const around = { document, flows };
  const boundaries = boundariesOf(document, flows);
  const places = placesOf(around, boundaries);
  const lines = linesOf(around, places, boundaries);
  const main =
    document.processes.find((process) => extensionOf(process, 'topology')) ??
    document.processes.find((process) => [...process.elements(BPMN)].some((child) => child.local !== 'laneSet')) ??
    document.processes[0]!;
  const implied = { name: nameOf(document, main), ...descriptionOf(main) };
  return { implied, fields: overlay(implied, extensionOf(main, 'topology'), main), main, places: places.all, lines };
}

/** @throws SluiceError `bpmn.beyond_model` when it is larger or stranger than a topology may be */
export function modelOf({ fields, places, lines }: Reading, name: string | undefined): TopologyModel {
  const raw = {
    ...fields,
    ...(name === undefined ? {} : { name }),
    nodes: places.map((place) => ({ id: place.id, ...place.fields })),
    connections: lines.map((line) => ({ from: line.from, to: line.to, ...line.fields })),
  };
  const parsed = TopologySchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 20)
    .map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  throw new SluiceError('bpmn.beyond_model', { problems });
}

/** What the process is called, made fit for a URL. */
function nameOf({ definitions }: BpmnDocument, process: XmlElement): string {
  for (const text of [process.get('name'), definitions.get('name'), process.get('id')]) {
    if (text === undefined) continue;
    const name = text
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+|-+$/g, '')
      .slice(0, 100);
    if (NAME_PATTERN.test(name)) return name;
  }
  return 'process';
}

function descriptionOf(process: XmlElement): Fields {
  const text = process.first(BPMN, 'documentation')?.text ?? '';
  return isPlain(text) && text.length <= 10_000 ? { description: text } : {};
}
