// What a rule knows between two looks, as it is stored: what it told of already, and what is gathered for its next message.

import type { Finding } from './conditions.ts';

const MOST_LINES = 20;
const MOST_FIRING = 1_000;

export interface RuleState {
  /** Number of the last event that was looked at, of rules about events. */
  readonly seq: number | null;
  /** Keys of findings that have been told of, or are gathered. */
  readonly firing: readonly string[];
  readonly gathered: number;
  /** The first ones in words. */
  readonly lines: readonly string[];
  readonly lastSentAt: number | null;
}

export const NEW_STATE: RuleState = { seq: null, firing: [], gathered: 0, lines: [], lastSentAt: null };

/** Add what was found. What fired and is not found any more may fire again later. */
export function gather(state: RuleState, found: readonly Finding[], events: readonly Finding[]): RuleState {
  const before = new Set(state.firing);
  const fresh = [...found.filter(({ key }) => !before.has(key)), ...events];
  const room = Math.max(0, MOST_LINES - state.lines.length);
  return {
    ...state,
    firing: found.map(({ key }) => key).slice(0, MOST_FIRING),
    gathered: state.gathered + fresh.length,
    lines: [...state.lines, ...fresh.slice(0, room).map(({ words }) => words)],
  };
}

export const isSame = (a: RuleState, b: RuleState): boolean =>
  a.seq === b.seq &&
  a.gathered === b.gathered &&
  a.lastSentAt === b.lastSentAt &&
  a.firing.length === b.firing.length &&
  a.firing.every((key, index) => key === b.firing[index]);

/** Something is gathered, and the quiet time is over. */
export const mustSpeak = (state: RuleState, quietMs: number, now: number): boolean =>
  state.gathered > 0 && (state.lastSentAt === null || now - state.lastSentAt >= quietMs);
