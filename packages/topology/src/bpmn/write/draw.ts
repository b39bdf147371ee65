// New elements of a document.

import type { Connection, Node } from '../../model/schema.ts';
import { type BpmnDocument, isActivity } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { Fields } from '../read/extension.ts';
import { create, insert, remove } from '../xml/edit.ts';
import { isPlain } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';
import { inElement, inProcess } from './order.ts';
import type { Drawing } from './shape.ts';
import { writeTrigger } from './standard.ts';

/** Members of an element that it keeps when it becomes another one. */
const KEPT = new Set([
  'documentation',
  'extensionElements',
  'auditing',
  'monitoring',
  'categoryValueRef',
  'incoming',
  'outgoing',
  // An activity that is no longer one has lost it already.
  'multiInstanceLoopCharacteristics',
]);
const OF_ONE_TYPE = [
  'attachedToRef',
  'cancelActivity',
  'calledElement',
  'default',
  'eventGatewayType',
  'gatewayDirection',
  'implementation',
  'instantiate',
  'isInterrupting',
  'messageRef',
  'operationRef',
  'parallelMultiple',
  'scriptFormat',
  'triggeredByEvent',
];

export class Draw {
  readonly #document: BpmnDocument;

  constructor(document: BpmnDocument) {
    this.#document = document;
  }

  node(node: Node, drawing: Drawing, process: XmlElement): XmlElement {
    const name = node.name !== undefined && isPlain(node.name) ? node.name : undefined;
    const element = this.#add(process, drawing.local, node.id, { name });
    this.#define(element, drawing);
    return element;
  }

  /** The same element as another type: what both types have stays. */
  redraw(element: XmlElement, drawing: Drawing): void {
    for (const child of [...element.elements(BPMN)])
      if (!KEPT.has(child.local)) {
        this.#document.forget(child);
        remove(child);
      }
    for (const attribute of OF_ONE_TYPE) element.set(attribute, undefined);
    element.name = element.name.replace(/[^:]*$/, drawing.local);
    this.#define(element, drawing);
  }

  /** @returns the sequence flow, or the association of a compensation */
  connection(connection: Connection, source: XmlElement, target: XmlElement): XmlElement {
    const fields: Fields = connection;
    const leavesByEvent = isActivity(source) && canLeaveByEvent(fields, target);
    const from = leavesByEvent ? this.#boundary(fields, source) : source;
    if (leavesByEvent && fields.on === 'compensation')
      return this.#add(source.parent!, 'association', `undo_${source.get('id')}`, {
        associationDirection: 'One',
        sourceRef: from.get('id'),
        targetRef: target.get('id'),
      });
    const flow = this.#add(source.parent!, 'sequenceFlow', `flow_${source.get('id')}_${target.get('id')}`, {
      sourceRef: from.get('id'),
      targetRef: target.get('id'),
    });
    this.#point(from, 'outgoing', flow);
    this.#point(target, 'incoming', flow);
    return flow;
  }

  #boundary(fields: Fields, host: XmlElement): XmlElement {
    const event = this.#add(host.parent!, 'boundaryEvent', `${host.get('id')}_${fields.on}`, {
      attachedToRef: host.get('id'),
    });
    writeTrigger(event, fields, this.#document);
    return event;
  }

  #add(
    process: XmlElement,
    local: string,
    wantedId: string,
    attributes: Readonly<Record<string, string | undefined>>,
  ): XmlElement {
    const id = this.#document.freshId(wantedId);
    const element = create(process, BPMN, local, { id, ...attributes });
    insert(process, element, inProcess);
    this.#document.register(id, element);
    return element;
  }

  #define(element: XmlElement, { definition }: Drawing): void {
    if (definition !== undefined) insert(element, create(element, BPMN, definition), inElement);
  }

  #point(element: XmlElement, local: 'incoming' | 'outgoing', flow: XmlElement): void {
    const pointer = create(element, BPMN, local);
    pointer.text = flow.get('id')!;
    insert(element, pointer, inElement);
  }
}

function canLeaveByEvent({ on, afterMs }: Fields, target: XmlElement): boolean {
  if (on === 'error') return true;
  if (on === 'timer') return Number.isSafeInteger(afterMs) && (afterMs as number) >= 0;
  return on === 'compensation' && isActivity(target);
}
