// Which nodes were only given another name. Said where it is certain, never guessed.

import type { TopologyModel } from '../model/schema.ts';
import { contentOf, groupBy, rename } from './parts.ts';
import { canonical } from './value.ts';

/**
 * From the old id to the new one.
 *
 * Certain means: exactly one node that went and exactly one that came have this content, and every connection of the
 * one is a connection of the other.
 */
export function renamesBetween(before: TopologyModel, after: TopologyModel): Map<string, string> {
  const gone = onlyIn(before, after);
  const come = onlyIn(after, before);
  const names = new Map<string, string>();
  for (const [content, [id, ...others]] of gone) {
    const [other, ...more] = come.get(content) ?? [];
    if (id !== undefined && other !== undefined && others.length + more.length === 0) names.set(id, other);
  }
  // A neighbour that turns out to be no rename changes what the connections of the rest should be: ask until nobody leaves.
  for (let left = true; left; ) {
    left = false;
    const was = connectionsByEnd(rename(before, names));
    const is = connectionsByEnd(after);
    for (const [id, other] of names) {
      if (canonical(was.get(other) ?? []) === canonical(is.get(other) ?? [])) continue;
      names.delete(id);
      left = true;
    }
  }
  return names;
}

/** Ids that only the first model has, by what their nodes say. */
function onlyIn(model: TopologyModel, other: TopologyModel): Map<string, string[]> {
  const known = new Set(other.nodes.map(({ id }) => id));
  const groups = groupBy(
    model.nodes.filter(({ id }) => !known.has(id)),
    (node) => canonical(contentOf(node)),
  );
  return new Map([...groups].map(([content, nodes]) => [content, nodes.map(({ id }) => id)]));
}

function connectionsByEnd({ connections }: TopologyModel): Map<string, string[]> {
  const ends = connections.flatMap((connection) =>
    [...new Set([connection.from, connection.to])].map((id) => ({ id, text: canonical(connection) })),
  );
  const groups = groupBy(ends, ({ id }) => id);
  return new Map([...groups].map(([id, list]) => [id, list.map(({ text }) => text).sort()]));
}
