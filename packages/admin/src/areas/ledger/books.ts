// The ledger as the page shows it: by topology, or by the nodes of one; what is missing; and the balance in words.

import type { LedgerView } from '@sluice/protocol';
import { count, plural } from '../../parts/words.ts';

export type Entry = Omit<LedgerView['nodes'][number], 'topology' | 'version' | 'node' | 'balanced'>;
type NodeEntry = LedgerView['nodes'][number];

export interface Book extends Entry {
  readonly key: string;
  readonly topology: string;
  /** Null: all versions together. */
  readonly version: number | null;
  /** Null: all nodes together. */
  readonly node: string | null;
  /** Messages that nodes miss, and such as they have too many of. */
  readonly missing: number;
  readonly surplus: number;
}

/** Where a message can be, in the order of its way. */
export const PLACES = [
  ['finished', 'Finished', 'finished'],
  ['queued', 'Queued', 'in queues'],
  ['leased', 'In work', 'with workers'],
  ['delayed', 'Delayed', 'delayed'],
  ['limited', 'Limited', 'waiting for a limit'],
  ['held', 'Held', 'with people'],
  ['trash', 'Trash', 'in trash'],
] as const;
export const CAME_IN = [
  ['accepted', 'Accepted'],
  ['emitted', 'Emitted'],
] as const;

const KEYS = [...CAME_IN, ...PLACES].map(([key]) => key);

/** Came in, and not found anywhere; below zero there are more than came in. */
export const differenceOf = (entry: Entry): number =>
  entry.accepted + entry.emitted - PLACES.reduce((sum, [key]) => sum + entry[key], 0);

/** One book of several nodes: what one misses is not made good by what another has too much. */
function bookOf(nodes: readonly NodeEntry[], of: Pick<Book, 'topology' | 'version' | 'node'>): Book {
  const differences = nodes.map(differenceOf);
  return {
    ...of,
    key: `${of.topology}/${of.version}/${of.node}`,
    ...(Object.fromEntries(
      KEYS.map((key) => [key, nodes.reduce((sum, node) => sum + node[key], 0)]),
    ) as unknown as Entry),
    missing: differences.reduce((sum, one) => sum + Math.max(one, 0), 0),
    surplus: differences.reduce((sum, one) => sum + Math.max(-one, 0), 0),
  };
}

const faultsFirst = (a: Book, b: Book): number => b.missing + b.surplus - a.missing - a.surplus;

export function topologyBooks({ nodes }: LedgerView): Book[] {
  const names = [...new Set(nodes.map(({ topology }) => topology))].sort();
  return names
    .map((topology) =>
      bookOf(
        nodes.filter((node) => node.topology === topology),
        { topology, version: null, node: null },
      ),
    )
    .sort(faultsFirst);
}

/** Newest version first. */
export function nodeBooks({ nodes }: LedgerView, topology: string): Book[] {
  return nodes
    .filter((node) => node.topology === topology)
    .map((node) => bookOf([node], node))
    .sort((a, b) => faultsFirst(a, b) || (b.version ?? 0) - (a.version ?? 0));
}

export const totalOf = ({ nodes }: LedgerView): Book => bookOf(nodes, { topology: '', version: null, node: null });

/** "40 accepted + 120 emitted = 150 finished + 4 in queues + 6 in trash" */
export function equationOf(entry: Entry): string {
  const places = PLACES.filter(([key]) => entry[key] > 0).map(([key, , words]) => `${count(entry[key])} ${words}`);
  return `${count(entry.accepted)} accepted + ${count(entry.emitted)} emitted by steps = ${places.join(' + ') || '0'}`;
}

/** "2 missing, 1 too many" */
export function faultOf({ missing, surplus }: Pick<Book, 'missing' | 'surplus'>): string {
  return [missing > 0 ? `${count(missing)} missing` : '', surplus > 0 ? `${count(surplus)} too many` : '']
    .filter((part) => part !== '')
    .join(', ');
}

export const verdictOf = ({ missing, surplus }: Book): string =>
  missing === 0 && surplus === 0
    ? 'Every message is accounted for'
    : missing > 0
      ? `${plural(missing, 'message')} ${missing === 1 ? 'is' : 'are'} missing`
      : `${plural(surplus, 'message')} more than came in`;
