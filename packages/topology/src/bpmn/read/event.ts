// What an event means by itself.

import type { BpmnDocument } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { expressionOf } from './expression.ts';
import type { Fields } from './extension.ts';
import { millisOf } from './iso.ts';

/** Kind of an event, such as `timer`; '' when it has none. Null when it has several. */
export function triggerOf(event: XmlElement, document: BpmnDocument): { kind: string; definition?: XmlElement } | null {
  const found: XmlElement[] = [];
  for (const child of event.elements(BPMN)) {
    if (child.local.endsWith('EventDefinition')) found.push(child);
    else if (child.local === 'eventDefinitionRef') {
      const definition = document.byId(localName(child.text.trim()));
      if (definition) found.push(definition);
    }
  }
  const definition = found[0];
  if (!definition) return { kind: '' };
  const kind = definition.local.slice(0, -'EventDefinition'.length);
  // Several errors on one event are one trigger with several codes.
  return found.every((other) => other.local === definition.local) && (found.length === 1 || kind === 'error')
    ? { kind, definition }
    : null;
}

/** A reference may be written with the prefix of its document. */
export const localName = (reference: string): string => reference.slice(reference.indexOf(':') + 1);

export function referenced(
  definition: XmlElement | undefined,
  attribute: string,
  document: BpmnDocument,
): XmlElement | undefined {
  const reference = definition?.get(attribute);
  return document.byId(reference) ?? document.byId(reference && localName(reference));
}

const CRON = /^\S+(?:[ \t]+\S+){4,5}$/;

/** Settings of a cron by a timer, or why there are none. */
export function cronOf(timer: XmlElement | undefined): Fields | string {
  const cycle = timer?.first(BPMN, 'timeCycle')?.text.trim();
  if (cycle && CRON.test(cycle)) return { cron: cycle };
  if (cycle)
    return `its timer repeats by "${cycle.slice(0, 100)}", which is no cron expression; write one such as "*/5 * * * *"`;
  return 'its timer has no cycle; write a cron expression such as "*/5 * * * *" as timeCycle';
}

/** Settings of a delay by a timer, or why there are none. */
export function delayOf(timer: XmlElement | undefined, document: BpmnDocument): Fields | string {
  const duration = timer?.first(BPMN, 'timeDuration');
  if (duration) {
    const millis = millisOf(duration.text.trim());
    return millis === null
      ? `its timer waits "${duration.text.trim().slice(0, 100)}", which is no duration of weeks, days, hours, minutes and seconds`
      : { delayMs: millis };
  }
  const date = timer?.first(BPMN, 'timeDate');
  if (date && date.text.trim() !== '') {
    const text = date.text.trim();
    if (!Number.isNaN(Date.parse(text)) && /^\d{4}-/.test(text)) return { until: JSON.stringify(text) };
    const expression = expressionOf(date, document);
    return expression.foreign ?? { until: expression.text };
  }
  if (timer?.first(BPMN, 'timeCycle')) return 'its timer repeats, and a delay ends once';
  return {};
}

/** Codes that an error event catches; undefined = every error. */
export function codesOf(event: XmlElement, document: BpmnDocument): string[] | undefined {
  const codes: string[] = [];
  for (const definition of event.elements(BPMN, 'errorEventDefinition')) {
    const error = referenced(definition, 'errorRef', document);
    const code = error?.get('errorCode') ?? error?.get('name');
    if (!code) return undefined;
    codes.push(code);
  }
  return codes.length > 0 ? codes : undefined;
}

/** What a message or signal is called: the name of the topic it travels on. */
export function topicOf(event: XmlElement, definition: XmlElement, document: BpmnDocument): string | undefined {
  const thing =
    referenced(definition, 'signalRef', document) ?? referenced(definition, 'messageRef', document) ?? undefined;
  const names = [thing?.get('name'), thing?.get('id'), event.get('name'), event.get('id')];
  return names.map((name) => inOneLine(name ?? '')).find((name) => name !== '');
}

/** A label in one line: where it breaks says nothing, and tools break it differently. */
export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
