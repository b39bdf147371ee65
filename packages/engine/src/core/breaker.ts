// The circuit of a worker: after trouble no calls for a while, then one, then all again.
//
// Only what says something about the worker as a whole moves it: an unreachable worker opens it at once; calls
// without an answer open it after FAILURES in a row.

const FAILURES = 5;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export interface Circuit {
  readonly failures: number;
  readonly pauseMs: number;
  /** No call before this instant; null = closed. */
  readonly openUntil: number | null;
}

export const CLOSED: Circuit = { failures: 0, pauseMs: 0, openUntil: null };

/** How many calls the circuit lets through now: all, one to try, or none. */
export function allowance(circuit: Circuit, now: number): 'all' | 'one' | 'none' {
  if (circuit.openUntil === null) return 'all';
  return now >= circuit.openUntil ? 'one' : 'none';
}

export function afterTrouble(circuit: Circuit, kind: 'unreachable' | 'unanswered', now: number): Circuit {
  const failures = circuit.failures + 1;
  if (kind === 'unanswered' && failures < FAILURES) return { ...circuit, failures };
  // Calls that were already under way when the circuit opened say nothing new.
  if (circuit.openUntil !== null && now < circuit.openUntil) return { ...circuit, failures };
  const pauseMs = Math.min(Math.max(circuit.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
  return { failures, pauseMs, openUntil: now + pauseMs };
}
