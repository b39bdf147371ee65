// Boundary events: a path that leaves an activity when something happens to it.

import { type BpmnDocument, isActivity } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { codesOf, triggerOf } from './event.ts';
import { extensionOf, type Fields } from './extension.ts';
import type { Flows } from './flows.ts';
import { millisOf } from './iso.ts';

export interface Boundary {
  readonly host: XmlElement;
  /** Members of the connections that leave by this event. */
  readonly on?: Fields;
  /** Why it is no such path. */
  readonly reason?: string;
  /** What undoes the activity: associations and the activities at their ends. */
  readonly undo: readonly { association: XmlElement; handler: XmlElement }[];
}

export function boundariesOf(document: BpmnDocument, flows: Flows): Map<XmlElement, Boundary> {
  const found = new Map<XmlElement, Boundary>();
  const associations = document.processes.flatMap((process) => [...process.elements(BPMN, 'association')]);
  const touching = new Map<XmlElement, { association: XmlElement; handler: XmlElement }[]>();
  for (const association of associations) {
    const ends = ['sourceRef', 'targetRef'].map((end) => document.byId(association.get(end)));
    for (const [event, handler] of [ends, [...ends].reverse()])
      if (event?.is(BPMN, 'boundaryEvent') && handler && isActivity(handler)) {
        const list = touching.get(event) ?? [];
        list.push({ association, handler });
        touching.set(event, list);
      }
  }
  for (const process of document.processes)
    for (const event of process.elements(BPMN, 'boundaryEvent')) {
      const host = document.byId(event.get('attachedToRef'))!;
      const undo = touching.get(event) ?? [];
      const way = extensionOf(event, 'node') ? 'our extension makes it a node' : wayOf(event, document);
      const leads = flows.leaving(event).length > 0;
      if (typeof way === 'string') found.set(event, { host, reason: way, undo });
      else if (way.on === 'compensation' ? undo.length > 0 : leads) found.set(event, { host, on: way, undo });
      else found.set(event, { host, reason: 'it leads nowhere; connect it to the step that deals with it', undo });
    }
  return found;
}

function wayOf(event: XmlElement, document: BpmnDocument): Fields | string {
  const trigger = triggerOf(event, document);
  if (!trigger) return 'a boundary event with several triggers has no counterpart here';
  if (trigger.kind === 'error') {
    const codes = codesOf(event, document);
    return codes === undefined ? { on: 'error' } : { on: 'error', codes };
  }
  if (trigger.kind === 'compensate') return { on: 'compensation' };
  if (trigger.kind !== 'timer')
    return `a boundary event ${trigger.kind === '' ? 'without a trigger' : `of kind "${trigger.kind}"`} has no counterpart here`;
  if (event.get('cancelActivity') === 'false')
    return 'a timer that does not interrupt has no counterpart here; the message leaves the step when its time is over';
  const duration = trigger.definition?.first(BPMN, 'timeDuration')?.text.trim();
  const afterMs = duration === undefined ? null : millisOf(duration);
  return afterMs === null
    ? `its timer needs a duration of weeks, days, hours, minutes and seconds, such as PT2H${duration ? `, got "${duration.slice(0, 100)}"` : ''}`
    : { on: 'timer', afterMs };
}
