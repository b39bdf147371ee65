// Settings that BPMN has a place for are written there, so that other tools show and keep them.

import type { Node } from '../../model/schema.ts';
import type { BpmnDocument } from '../document.ts';
import { BPMN, XSI } from '../namespaces.ts';
import { JSONATA } from '../read/expression.ts';
import type { Fields } from '../read/extension.ts';
import { durationOf } from '../read/iso.ts';
import { same } from '../same.ts';
import { create, insert, remove } from '../xml/edit.ts';
import { NCNAME } from '../xml/parse.ts';
import { isPlain } from '../xml/text.ts';
import type { XmlElement } from '../xml/tree.ts';
import { inDefinitions, inElement, inProcess } from './order.ts';

type Writer = (element: XmlElement, settings: Fields, document: BpmnDocument) => void;

const plain = (value: unknown): string | undefined => (typeof value === 'string' && isPlain(value) ? value : undefined);

const script: Writer = (element, { expression }) => {
  const text = plain(expression);
  element.set('scriptFormat', JSONATA);
  setChild(element, 'script', text);
};
const timer = (write: (definition: XmlElement, settings: Fields) => void): Writer => {
  return (element, settings) => {
    const definition = element.first(BPMN, 'timerEventDefinition');
    if (definition) write(definition, settings);
  };
};

const WRITERS: { readonly [kind in Node['kind']]?: { readonly reads: readonly string[]; readonly write: Writer } } = {
  map: { reads: ['expression'], write: script },
  split: { reads: ['expression'], write: script },
  cron: {
    reads: ['cron'],
    write: timer((definition, { cron }) => setExpression(definition, 'timeCycle', plain(cron))),
  },
  delay: {
    reads: ['delayMs', 'until'],
    write: timer((definition, { delayMs, until }) => {
      const duration = typeof delayMs === 'number' ? durationOf(delayMs) : undefined;
      setExpression(definition, 'timeDuration', duration);
      setExpression(definition, 'timeDate', duration === undefined ? plain(until) : undefined, JSONATA);
    }),
  },
  call: {
    reads: ['topology'],
    write(element, { topology }) {
      const name = typeof topology === 'string' && NCNAME.test(topology) ? topology : undefined;
      element.set('calledElement', name);
    },
  },
  topic: {
    reads: ['topic'],
    write(element, { topic }, document) {
      const definition = element.first(BPMN, 'signalEventDefinition');
      const name = plain(topic);
      definition?.set('signalRef', name === undefined ? undefined : rootElement(document, 'signal', 'name', name));
    },
  },
};

/** Write the name and those settings of a node that its element has a place for and does not say yet. */
export function writeStandard(element: XmlElement, node: Node, implied: Fields, document: BpmnDocument): void {
  if (node.name !== implied.name) element.set('name', plain(node.name));
  const writer = WRITERS[node.kind];
  const settings: Fields = node.settings ?? {};
  const have = (implied.settings ?? {}) as Fields;
  if (writer && !writer.reads.every((name) => same(settings[name], have[name]))) {
    if (element.local !== 'scriptTask' && (node.kind === 'map' || node.kind === 'split')) return;
    if (element.local !== 'callActivity' && node.kind === 'call') return;
    writer.write(element, settings, document);
  }
}

export function writeCondition(flow: XmlElement, when: unknown): void {
  setExpression(flow, 'conditionExpression', plain(when), JSONATA);
}

export function writeDescription(process: XmlElement, text: unknown): void {
  setChild(process, 'documentation', plain(text), inProcess);
}

/** What a boundary event waits for. */
export function writeTrigger(event: XmlElement, connection: Fields, document: BpmnDocument): void {
  for (const child of [...event.elements(BPMN)]) if (child.local.endsWith('EventDefinition')) remove(child);
  const define = (kind: string): XmlElement => {
    const definition = create(event, BPMN, `${kind}EventDefinition`);
    insert(event, definition, inElement);
    return definition;
  };
  if (connection.on === 'timer')
    setExpression(define('timer'), 'timeDuration', durationOf(connection.afterMs as number));
  else if (connection.on === 'compensation') define('compensate');
  else {
    const codes = Array.isArray(connection.codes) ? connection.codes.map(plain) : [];
    if (codes.length === 0 || codes.includes(undefined)) define('error');
    else for (const code of codes) define('error').set('errorRef', rootElement(document, 'error', 'errorCode', code!));
  }
}

/** @returns the id of the element of the definitions that has this attribute, made when there is none */
function rootElement(document: BpmnDocument, local: string, attribute: string, value: string): string {
  const { definitions } = document;
  for (const element of definitions.elements(BPMN, local)) {
    const id = element.get('id');
    if (element.get(attribute) === value && id !== undefined) return id;
  }
  const id = document.freshId(`${local}_${value}`);
  const element = create(definitions, BPMN, local, { id, name: value, [attribute]: value });
  insert(definitions, element, inDefinitions);
  document.register(id, element);
  return id;
}

function setExpression(parent: XmlElement, local: string, text: string | undefined, language?: string): void {
  const child = setChild(parent, local, text);
  if (!child || text === undefined) return;
  // The type of an expression is a name with a prefix, which must be the one of this document.
  const prefix = parent.prefixFor(BPMN);
  const xsi = parent.prefixFor(XSI);
  if (xsi !== undefined) child.set(`${xsi}:type`, prefix ? `${prefix}:tFormalExpression` : 'tFormalExpression');
  child.set('language', language);
}

function setChild(
  parent: XmlElement,
  local: string,
  text: string | undefined,
  rank = inElement,
): XmlElement | undefined {
  const old = parent.first(BPMN, local);
  if (text === undefined) {
    if (old) remove(old);
    return undefined;
  }
  const child = old ?? create(parent, BPMN, local);
  child.text = text;
  if (!old) insert(parent, child, rank);
  return child;
}
