// Before two sides are merged, a node has one name on all of them: a new name on one side is no other node.

import type { TopologyModel } from '../model/schema.ts';
import type { Conflict, Sides } from './merge.ts';
import { rename } from './parts.ts';
import { renamesBetween } from './renames.ts';

export function sameNames(
  { base, ours, theirs }: Sides<TopologyModel>,
  note: (conflict: Conflict) => void,
): Sides<TopologyModel> {
  const byUs = renamesBetween(base, ours);
  const byThem = renamesBetween(base, theirs);
  const names = { base: new Map<string, string>(), ours: new Map<string, string>(), theirs: new Map<string, string>() };
  const has = ({ nodes }: TopologyModel, id: string): boolean => nodes.some((node) => node.id === id);

  for (const [old, name] of byUs) {
    const other = byThem.get(old);
    const theirName = other ?? old;
    if (other !== name && (other !== undefined || !has(theirs, old)))
      note({ node: old, path: ['id'], base: old, ours: name, ...(other === undefined ? {} : { theirs: other }) });
    if (theirName !== name && (!has(theirs, theirName) || has(theirs, name))) continue;
    names.base.set(old, name);
    names.theirs.set(theirName, name);
  }
  for (const [old, name] of byThem) {
    if (byUs.has(old)) continue;
    if (!has(ours, old)) {
      note({ node: old, path: ['id'], base: old, theirs: name });
      names.theirs.set(name, old); // gone on our side, so what became of it on theirs is measured by what it was
    } else if (!has(ours, name)) {
      names.base.set(old, name);
      names.ours.set(old, name);
    }
  }
  return { base: rename(base, names.base), ours: rename(ours, names.ours), theirs: rename(theirs, names.theirs) };
}
