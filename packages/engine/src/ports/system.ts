// Time, ids, chance and crashes come from outside, so that a test can hold them in its hand (B7).

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Run once at or after `at`. @returns cancels it */
  at(at: number, run: () => void): () => void;
}

export interface Ids {
  /** Id of a new process: unique, and later ones sort after earlier ones. */
  process(at: number): string;
  /** Id of a process that a message starts: the same for the same instant and text, sorted like the others. */
  derived(at: number, text: string): string;
  /** Pure digest, 16 URL-safe characters. */
  digest(text: string): string;
  /** 0 ≤ x < 1 */
  random(): number;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Instants at which the proof of durability kills the engine. */
export const CRASH_POINTS = [
  'before-accept',
  'after-accept',
  'after-claim',
  'before-call',
  'after-call',
  'before-commit',
  'after-commit',
  'after-release',
  'after-grant',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** In production it does nothing; a test throws the switch there. */
export type Crash = (point: CrashPoint) => void;
