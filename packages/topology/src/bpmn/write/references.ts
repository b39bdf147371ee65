// What goes takes with it everything that points to it.

import type { BpmnDocument } from '../document.ts';
import { BPMN, BPMNDI } from '../namespaces.ts';
import { remove } from '../xml/edit.ts';
import { descend, type XmlElement } from '../xml/tree.ts';

const POINTERS = new Set(['flowNodeRef', 'incoming', 'outgoing', 'default']);
const JOINS = new Set(['sequenceFlow', 'association', 'messageFlow']);

/** Remove elements with all that refers to them: flows, boundary events, places in lanes, shapes and edges. */
export function removeAll(document: BpmnDocument, elements: Iterable<XmlElement>): void {
  const gone = new Set<string>();
  const drop = (element: XmlElement): void => {
    for (const each of descend(element)) {
      const id = each.get('id');
      if (id !== undefined) gone.add(id);
    }
    document.forget(element);
    remove(element);
  };
  for (const element of elements) drop(element);
  for (let before = -1; before !== gone.size; ) {
    if (gone.size === 0) return;
    before = gone.size;
    for (const element of [...descend(document.definitions)]) {
      const points = (name: string): boolean => gone.has(element.get(name) ?? '');
      if (element.uri === BPMN) {
        if (JOINS.has(element.local) && (points('sourceRef') || points('targetRef'))) drop(element);
        else if (element.local === 'boundaryEvent' && points('attachedToRef')) drop(element);
        else if (POINTERS.has(element.local) && gone.has(element.text.trim())) remove(element);
        if (points('default')) element.set('default', undefined);
      } else if (element.uri === BPMNDI && points('bpmnElement')) drop(element);
    }
  }
}
