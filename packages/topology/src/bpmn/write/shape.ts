// Which element of BPMN a node is drawn as.

import type { Node } from '../../model/schema.ts';

export interface Drawing {
  readonly local: string;
  /** Its event definition, such as `timerEventDefinition`. */
  readonly definition?: string;
}

/** @param arrives  whether a connection arrives at the node, and whether one leaves it */
export function drawingOf(node: Node, arrives: boolean, leaves: boolean): Drawing {
  switch (node.kind) {
    case 'start':
      return { local: 'startEvent' };
    case 'cron':
      return { local: 'startEvent', definition: 'timerEventDefinition' };
    case 'webhook':
      return { local: 'startEvent', definition: 'messageEventDefinition' };
    case 'delay':
      return { local: 'intermediateCatchEvent', definition: 'timerEventDefinition' };
    case 'respond':
      return { local: leaves ? 'intermediateThrowEvent' : 'endEvent', definition: 'messageEventDefinition' };
    case 'topic': {
      const local = !arrives ? 'startEvent' : leaves ? 'intermediateThrowEvent' : 'endEvent';
      return { local, definition: 'signalEventDefinition' };
    }
    case 'router':
      return { local: node.settings?.mode === 'all' ? 'inclusiveGateway' : 'exclusiveGateway' };
    case 'collect':
      return { local: 'parallelGateway' };
    case 'map':
    case 'split':
      return { local: 'scriptTask' };
    case 'filter':
      return { local: 'businessRuleTask' };
    case 'call':
      return { local: 'callActivity' };
    case 'user-task':
      return { local: 'userTask' };
    default:
      return { local: 'serviceTask' };
  }
}
