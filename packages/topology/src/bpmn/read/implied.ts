// What each element of BPMN means in our model by itself, as a table. Where the meaning is not the same it says why, and
// the element becomes a node that publishing refuses with that reason.

import { type BpmnDocument, isEvent, isGateway } from '../document.ts';
import { BPMN, PIPES } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import { cronOf, delayOf, inOneLine, topicOf, triggerOf } from './event.ts';
import { JSONATA } from './expression.ts';
import type { Fields } from './extension.ts';
import type { Flows } from './flows.ts';
import { pipesNode } from './pipes.ts';

export interface Surroundings {
  readonly document: BpmnDocument;
  readonly flows: Flows;
}

type Meaning = (element: XmlElement, around: Surroundings) => Fields | null;

/** Kept as a node, with the reason why it cannot run. */
export const notRunnable = (reason: string): Fields => ({ kind: 'custom', notRunnable: reason });
const never =
  (reason: string): Meaning =>
  () =>
    notRunnable(reason);
const settled = (kind: string, settings: Fields | string): Fields =>
  typeof settings === 'string'
    ? notRunnable(settings)
    : Object.keys(settings).length > 0
      ? { kind, settings }
      : { kind };

const STARTS: Readonly<Record<string, Meaning>> = {
  '': () => ({ kind: 'start' }),
  message: () => ({ kind: 'webhook' }),
  timer: (event) => settled('cron', cronOf(event.first(BPMN, 'timerEventDefinition'))),
  signal: (event, around) => topic(event, around),
};
const THROWS: Readonly<Record<string, Meaning>> = {
  message: (event, around) => topic(event, around),
  signal: (event, around) => topic(event, around),
};

function topic(event: XmlElement, { document }: Surroundings): Fields {
  const name = topicOf(event, triggerOf(event, document)!.definition!, document);
  return name === undefined ? { kind: 'topic' } : { kind: 'topic', settings: { topic: name } };
}

function byTrigger(what: string, table: Readonly<Record<string, Meaning>>): Meaning {
  return (event, around) => {
    const trigger = triggerOf(event, around.document);
    if (!trigger) return notRunnable(`${what} with several triggers has no counterpart here`);
    const meaning = table[trigger.kind];
    return meaning
      ? meaning(event, around)
      : notRunnable(
          `${what} ${trigger.kind === '' ? 'without a trigger' : `of kind "${trigger.kind}"`} has no counterpart here`,
        );
  };
}

/** A gateway sends nothing there by chance: the message ends quietly, which a filter that lets nothing pass says. */
function quietEnd(event: XmlElement, { document, flows }: Surroundings): Fields | null {
  const decided = flows.arriving(event).some((flow) => {
    const source = document.byId(flow.get('sourceRef'))!;
    return isGateway(source) && source.local !== 'parallelGateway';
  });
  return decided ? { kind: 'filter', settings: { condition: 'false' } } : null;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  task: () => ({ kind: 'custom' }),
  serviceTask: () => ({ kind: 'connector' }),
  sendTask: () => ({ kind: 'connector' }),
  businessRuleTask: () => ({ kind: 'custom' }),
  userTask: () => ({ kind: 'user-task' }),
  manualTask: () => ({ kind: 'user-task' }),
  receiveTask: never(
    'waiting for a message in the middle of a process has no counterpart here; let a webhook or a topic start a process',
  ),
  scriptTask(task) {
    const script = task.first(BPMN, 'script')?.text.trim();
    if (!/jsonata/i.test(task.get('scriptFormat') ?? ''))
      return notRunnable(
        `it carries a script of another engine; let a custom step do it, or write JSONata and say scriptFormat="${JSONATA}"`,
      );
    return script ? { kind: 'map', settings: { expression: script } } : { kind: 'map' };
  },
  callActivity(activity) {
    const called = activity.get('calledElement');
    return called ? { kind: 'call', settings: { topology: called } } : { kind: 'call' };
  },
  subProcess: (element) =>
    notRunnable(
      element.get('triggeredByEvent') === 'true'
        ? 'an event sub-process has no counterpart here; draw what it does as a path of its own'
        : 'a sub-process is not run as a part; move its steps into the process, or into a topology that a call activity calls',
    ),
  adHocSubProcess: never('an ad-hoc sub-process has no order that could be run'),
  transaction: never('a transaction over several steps has no counterpart here; draw compensation events at its steps'),
  exclusiveGateway: () => ({ kind: 'router' }),
  inclusiveGateway: (gateway, { flows }) =>
    flows.arriving(gateway).length > 1
      ? notRunnable('an inclusive join cannot know how many branches will arrive; join with a parallel gateway')
      : { kind: 'router', settings: { mode: 'all' } },
  parallelGateway(gateway, { flows }) {
    const branches = flows.arriving(gateway).length;
    return branches > 1
      ? { kind: 'collect', settings: { count: branches } }
      : { kind: 'router', settings: { mode: 'all' } };
  },
  complexGateway: never('a complex gateway has no counterpart here; draw exclusive, inclusive and parallel ones'),
  eventBasedGateway: never('waiting for the first of several events has no counterpart here'),
  startEvent: byTrigger('a start event', STARTS),
  intermediateThrowEvent: byTrigger('an intermediate throw event', THROWS),
  intermediateCatchEvent: byTrigger('an intermediate catch event', {
    timer: (event, { document }) => settled('delay', delayOf(event.first(BPMN, 'timerEventDefinition'), document)),
  }),
  endEvent: byTrigger('an end event', { ...THROWS, '': quietEnd }),
  boundaryEvent: byTrigger('a boundary event', {}),
};

/** What an element is by itself; null when it stands for no node. */
export function impliedNode(element: XmlElement, around: Surroundings): Fields | null {
  const own = element.get('pipesType', PIPES) === undefined ? meaningOf(element, around) : pipesNode(element);
  if (own === null) return null;
  const named = { ...nameOf(element), ...own };
  if (own.notRunnable !== undefined || isEvent(element) || isGateway(element)) return named;
  if (element.first(BPMN, 'standardLoopCharacteristics'))
    return {
      ...named,
      ...notRunnable('a loop marker has no counterpart here; draw the loop with an exclusive gateway'),
    };
  return named;
}

export function nameOf(element: XmlElement): Fields {
  const name = inOneLine(element.get('name') ?? '');
  return name === '' ? {} : { name: name.slice(0, 200) };
}

const meaningOf: Meaning = (element, around) =>
  Object.hasOwn(MEANINGS, element.local)
    ? MEANINGS[element.local]!(element, around)
    : notRunnable(`a "${element.local}" has no counterpart here`);
