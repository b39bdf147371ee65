// Worker names of a model that comes from elsewhere, and the model with others in their place.

import type { TopologyModel } from '@sluice/topology';
import type { Catalogue } from './catalogue.ts';

/** Names of workers in the order in which they first appear. */
export function workersOf({ nodes }: TopologyModel): string[] {
  return [...new Set(nodes.flatMap(({ worker }) => (worker ? [worker] : [])))];
}

/** What a person will most likely answer: the same name, or the only worker that offers all that is asked of it. */
export function suggestWorkers(model: TopologyModel, { workers }: Catalogue): Record<string, string> {
  const suggestions: Record<string, string> = {};
  for (const name of workersOf(model)) {
    const wanted = model.nodes.flatMap((node) => (node.worker === name && node.action ? [node.action] : []));
    const same = workers.find((worker) => worker.name === name);
    const able = workers.filter(({ actions }) =>
      wanted.every((action) => actions.some((offer) => offer.name === action)),
    );
    if (same) suggestions[name] = name;
    else if (wanted.length > 0 && able.length === 1) suggestions[name] = able[0]!.name;
  }
  return suggestions;
}

export function remapWorkers(model: TopologyModel, names: Readonly<Record<string, string>>): TopologyModel {
  return {
    ...model,
    nodes: model.nodes.map((node) =>
      node.worker !== undefined && Object.hasOwn(names, node.worker) ? { ...node, worker: names[node.worker]! } : node,
    ),
  };
}
