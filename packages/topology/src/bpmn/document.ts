// A BPMN document: its tree, its processes, and who is called what.

import { SluiceError } from '@sluice/protocol';
import { BPMN, BPMNDI } from './namespaces.ts';
import { parseXml } from './xml/parse.ts';
import { descend, type XmlDocument, type XmlElement } from './xml/tree.ts';

const ACTIVITIES = new Set([
  'task',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'userTask',
  'manualTask',
  'businessRuleTask',
  'scriptTask',
  'callActivity',
  'subProcess',
  'adHocSubProcess',
  'transaction',
]);
const GATEWAYS = new Set([
  'exclusiveGateway',
  'inclusiveGateway',
  'parallelGateway',
  'complexGateway',
  'eventBasedGateway',
  // No element of the standard, but written by an older editor.
  'gateway',
]);
const EVENTS = new Set([
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
  // As above.
  'event',
]);

export const isActivity = (element: XmlElement): boolean => element.uri === BPMN && ACTIVITIES.has(element.local);
export const isGateway = (element: XmlElement): boolean => element.uri === BPMN && GATEWAYS.has(element.local);
export const isEvent = (element: XmlElement): boolean => element.uri === BPMN && EVENTS.has(element.local);
export const isFlowNode = (element: XmlElement): boolean =>
  isActivity(element) || isEvent(element) || isGateway(element);

export class BpmnDocument {
  readonly xml: XmlDocument;
  readonly definitions: XmlElement;
  readonly processes: readonly XmlElement[];
  readonly #byId = new Map<string, XmlElement>();
  readonly #tried = new Map<string, number>();

  /** @throws SluiceError `bpmn.*` when the text is no document that can be understood without guessing */
  constructor(text: string) {
    this.xml = parseXml(text);
    this.definitions = this.xml.root;
    if (!this.definitions.is(BPMN, 'definitions'))
      throw new SluiceError('bpmn.not_bpmn', { root: this.definitions.name, namespace: this.definitions.uri });
    this.processes = [...this.definitions.elements(BPMN, 'process')];
    if (this.processes.length === 0) throw new SluiceError('bpmn.no_process', {});
    const problems = [...this.#learnIds(), ...this.#danglingFlows()];
    if (problems.length > 0) throw new SluiceError('bpmn.references', { problems: problems.slice(0, 20) });
  }

  byId(id: string | undefined): XmlElement | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** An id that nothing is called yet, made of what it should sound like. */
  freshId(wanted: string): string {
    // Plain letters: not every tool keeps to what XML allows beyond.
    const base = wanted.replace(/[^\w.-]/g, '_').slice(0, 100);
    const name = /^[A-Za-z_]/.test(base) ? base : `_${base}`;
    let id = name;
    while (this.#byId.has(id)) {
      const n = (this.#tried.get(name) ?? 1) + 1;
      this.#tried.set(name, n);
      id = `${name}_${n}`;
    }
    return id;
  }

  register(id: string, element: XmlElement): void {
    this.#byId.set(id, element);
  }

  forget(element: XmlElement): void {
    for (const each of descend(element)) {
      const id = each.get('id');
      if (id !== undefined && this.#byId.get(id) === each) this.#byId.delete(id);
    }
  }

  *#learnIds(): Iterable<string> {
    for (const element of descend(this.definitions)) {
      if (element.uri !== BPMN && element.uri !== BPMNDI) continue;
      const id = element.get('id');
      if (id === undefined) {
        if (isFlowNode(element)) yield `a <${element.name}> has no id`;
      } else if (this.#byId.has(id)) yield `two elements have the id "${id}"`;
      else this.#byId.set(id, element);
    }
  }

  /** A flow that leads nowhere would lose messages, so it is not guessed at. */
  *#danglingFlows(): Iterable<string> {
    for (const element of descend(this.definitions)) {
      if (element.is(BPMN, 'sequenceFlow')) {
        for (const end of ['sourceRef', 'targetRef']) {
          const id = element.get(end);
          if (id === undefined) yield `the sequence flow "${element.get('id') ?? '?'}" has no ${end}`;
          else if (!isNode(this.byId(id)))
            yield `${end} of the sequence flow "${element.get('id') ?? '?'}" names "${id}", which is no flow node`;
          else if (!near(this.byId(id)!, element))
            yield `the sequence flow "${element.get('id') ?? '?'}" crosses the border of a sub-process`;
        }
      } else if (
        element.is(BPMN, 'boundaryEvent') &&
        this.byId(element.get('attachedToRef'))?.parent !== element.parent
      )
        yield `the boundary event "${element.get('id')}" is attached to "${element.get('attachedToRef') ?? ''}", which is no activity`;
    }
  }
}

/** Processes of one file may be joined, for they become one topology. */
const near = (a: XmlElement, b: XmlElement): boolean =>
  a.parent === b.parent || (a.parent?.local === 'process' && b.parent?.local === 'process');
const isNode = (element: XmlElement | undefined): boolean => element !== undefined && isFlowNode(element);
