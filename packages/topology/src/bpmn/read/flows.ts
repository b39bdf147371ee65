// Which sequence flows arrive at and leave an element of a process.

import type { BpmnDocument } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface Flows {
  arriving(element: XmlElement): readonly XmlElement[];
  leaving(element: XmlElement): readonly XmlElement[];
}

const NONE: readonly XmlElement[] = [];

export function flowsOf(document: BpmnDocument): Flows {
  const arriving = new Map<XmlElement, XmlElement[]>();
  const leaving = new Map<XmlElement, XmlElement[]>();
  for (const process of document.processes)
    for (const flow of process.elements(BPMN, 'sequenceFlow')) {
      add(leaving, document.byId(flow.get('sourceRef'))!, flow);
      add(arriving, document.byId(flow.get('targetRef'))!, flow);
    }
  return {
    arriving: (element) => arriving.get(element) ?? NONE,
    leaving: (element) => leaving.get(element) ?? NONE,
  };
}

function add(map: Map<XmlElement, XmlElement[]>, key: XmlElement, flow: XmlElement): void {
  const list = map.get(key);
  if (list) list.push(flow);
  else map.set(key, [flow]);
}
