// The conservation ledger (E2, row B2): what came in equals what went out plus what is somewhere.
//
// The left side is counted when messages enter, the right side is counted where they are. The two are kept apart on
// purpose: a message that vanished makes them differ.

export interface LedgerEntry {
  /** Messages that came from outside. */
  readonly accepted: number;
  /** Messages that steps emitted. */
  readonly emitted: number;
  readonly finished: number;
  /** Ready, or blocked behind their ordering key, and nobody works on them. */
  readonly queued: number;
  readonly leased: number;
  readonly delayed: number;
  readonly limited: number;
  readonly held: number;
  readonly trash: number;
}

export interface Ledger extends LedgerEntry {
  readonly balanced: boolean;
  readonly nodes: readonly (LedgerEntry & {
    readonly topology: string;
    readonly version: number;
    readonly node: string;
    readonly balanced: boolean;
  })[];
}

export const EMPTY_ENTRY: LedgerEntry = {
  accepted: 0,
  emitted: 0,
  finished: 0,
  queued: 0,
  leased: 0,
  delayed: 0,
  limited: 0,
  held: 0,
  trash: 0,
};

export function addEntries(a: LedgerEntry, b: LedgerEntry): LedgerEntry {
  return {
    accepted: a.accepted + b.accepted,
    emitted: a.emitted + b.emitted,
    finished: a.finished + b.finished,
    queued: a.queued + b.queued,
    leased: a.leased + b.leased,
    delayed: a.delayed + b.delayed,
    limited: a.limited + b.limited,
    held: a.held + b.held,
    trash: a.trash + b.trash,
  };
}

export function isBalanced(e: LedgerEntry): boolean {
  return e.accepted + e.emitted === e.finished + e.queued + e.leased + e.delayed + e.limited + e.held + e.trash;
}
