// What is different in meaning. Moving a box, and another order of nodes or members, is no difference.

import type { TopologyModel } from '../model/schema.ts';
import { applyChanges } from './apply.ts';
import type { Change } from './change.ts';
import { connectionKey, contentOf, endsOf, fieldsOf, groupBy, nodeKey, rename, routesOf, wholeOf } from './parts.ts';
import { renamesBetween } from './renames.ts';
import { canonical, differences, equal } from './value.ts';

/** The changes that make `after` of `before`, in the order in which they are applied; `[]` when both mean the same. */
export function diff(before: TopologyModel, after: TopologyModel): Change[] {
  const renames = renamesBetween(before, after);
  const renamed = rename(before, renames);
  const nodes = compare(renamed.nodes, after.nodes, nodeKey);
  const connections = compare(renamed.connections, after.connections, connectionKey);
  const changes: Change[] = [];
  for (const setting of differences(wholeOf(before), wholeOf(after)))
    changes.push({ change: 'topology.changed', ...setting });
  for (const [from, to] of renames) changes.push({ change: 'node.renamed', from, to });
  for (const connection of connections.gone) changes.push({ change: 'connection.removed', connection });
  for (const node of nodes.gone) changes.push({ change: 'node.removed', node });
  for (const node of nodes.come) changes.push({ change: 'node.added', node });
  for (const [was, is] of nodes.both)
    for (const setting of differences(contentOf(was), contentOf(is)))
      changes.push({ change: 'node.changed', node: is.id, ...setting });
  for (const connection of connections.come) changes.push({ change: 'connection.added', connection });
  for (const [was, is] of connections.both)
    for (const setting of differences(fieldsOf(was), fieldsOf(is)))
      changes.push({ change: 'connection.changed', connection: endsOf(is), ...setting });
  return [...changes, ...reordered(renamed, applyChanges(before, changes), after)];
}

/** Routers whose conditions would be asked in another order, were nothing else changed. */
function* reordered(before: TopologyModel, changed: TopologyModel, after: TopologyModel): Iterable<Change> {
  for (const id of new Set(after.nodes.map(nodeKey))) {
    const wanted = routesOf(after, id);
    if (!equal(routesOf(changed, id), wanted))
      yield { change: 'routes.reordered', node: id, before: routesOf(before, id), after: wanted };
  }
}

interface Compared<T> {
  readonly gone: readonly T[];
  readonly come: readonly T[];
  readonly both: readonly (readonly [was: T, is: T])[];
}

/** What is one thing on both sides. Where a draft has two of one name nobody can say which is which: as they are, or not. */
function compare<T>(before: readonly T[], after: readonly T[], keyOf: (entry: T) => string): Compared<T> {
  const was = groupBy(before, keyOf);
  const is = groupBy(after, keyOf);
  const gone: T[] = [];
  const come: T[] = [];
  const both: [T, T][] = [];
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [old = [], young = []] = [was.get(key), is.get(key)];
    if (old.length === 1 && young.length === 1) both.push([old[0]!, young[0]!]);
    else {
      gone.push(...without(old, young));
      come.push(...without(young, old));
    }
  }
  return { gone, come, both };
}

/** Each entry once less for each time that it is in `others`. */
function without<T>(entries: readonly T[], others: readonly T[]): T[] {
  const left = groupBy(others.map(canonical), (text) => text);
  return entries.filter((entry) => left.get(canonical(entry))?.pop() === undefined);
}
