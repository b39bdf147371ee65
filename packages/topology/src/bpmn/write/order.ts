// Where children stand, as the schema of BPMN orders them.

import { BPMN, BPMNDI } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';

type Rank = (element: XmlElement) => number;

const rankBy =
  (groups: readonly (readonly string[])[], rest: number): Rank =>
  (element) => {
    const rank = element.uri === BPMN ? groups.findIndex((group) => group.includes(element.local)) : -1;
    return rank < 0 ? rest : rank;
  };

const HEAD = [['documentation'], ['extensionElements'], ['auditing', 'monitoring', 'categoryValueRef']] as const;

/** Inside of an activity, event, gateway or flow. */
export const inElement: Rank = rankBy([...HEAD, ['incoming'], ['outgoing']], 5);

export const inProcess: Rank = rankBy(
  [
    ...HEAD,
    ['property'],
    ['laneSet'],
    [],
    ['association', 'group', 'textAnnotation'],
    ['resourceRole', 'performer', 'humanPerformer', 'potentialOwner', 'correlationSubscription', 'supports'],
  ],
  5,
);

const inDefinitionsRank = rankBy([['import', 'extension']], 1);
export const inDefinitions: Rank = (element) => (element.uri === BPMNDI ? 2 : inDefinitionsRank(element));
