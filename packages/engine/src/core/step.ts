// A step is the unit of change (E3): one consumed message, what it emitted, and everything that follows from it for
// the process. Stores apply steps; they decide nothing.

import type { Acceptance } from './acceptance.ts';
import type { Emission, Message, MessageState, Payload } from './message.ts';

/** Where the consumed message goes. */
export type Move =
  | { readonly to: 'done'; readonly result: StepResult; readonly reason?: string }
  | {
      readonly to: 'delayed';
      readonly dueAt: number;
      readonly attempt: number;
      readonly code: 'repeat' | 'delay';
      readonly reason: string;
      readonly headers?: Message['headers'];
    }
  | { readonly to: 'limited'; readonly limitKey: string; readonly reason: string }
  | { readonly to: 'held'; readonly reason: string }
  /** Delayed until a called process ends, or until `dueAt`; it keeps its ordering key. */
  | { readonly to: 'called'; readonly processId: string; readonly dueAt: number | null; readonly reason: string }
  /** Held as a part until the rest of its whole is there. */
  | { readonly to: 'collected'; readonly collection: string; readonly place: string | null; readonly reason: string }
  | { readonly to: 'trash'; readonly code: string; readonly reason: string }
  /** Back into a queue by a person, perhaps edited; attempts start again. */
  | {
      readonly to: 'queue';
      readonly queue: string;
      readonly payload: Payload;
      readonly headers: Message['headers'];
      readonly contentType: string;
      readonly orderingKey: string | null;
    };

export type StepResult =
  | 'forwarded'
  | 'ended'
  | 'stopped'
  | 'discarded'
  | 'cancelled'
  | 'responded'
  /** Went along an error path, or a timer path. */
  | 'error'
  | 'timer'
  /** A part of a whole that went on. */
  | 'joined';

/** Parts that a step consumes together with its own message; its history lists them all. */
export interface Join {
  readonly collection: string;
  /** All of them in the order of the whole, the step's own message among them. */
  readonly parts: readonly string[];
  /** Those that are parked; one that is no longer there makes the step stale. */
  readonly parked: readonly string[];
  /** Process the whole belongs to: later parts are late as long as it is kept. Null = they begin the next whole. */
  readonly closes: string | null;
}

/** Something that happens at an instant unless it is cleared before. */
export interface Timer {
  readonly id: string;
  readonly of: 'message' | 'collection';
  readonly dueAt: number;
}

export interface Step {
  readonly message: Message;
  /** Where the message must be for the step to count; anything else means the lease was lost. */
  readonly from: 'leased' | 'held' | 'trash' | 'anywhere';
  readonly move: Move;
  readonly emitted: readonly Emission[];
  readonly at: number;
  readonly durationMs: number;
  /** Answer for whoever waits for the process. */
  readonly answer?: Answer;
  /** Processes that begin with it. One whose id is there already is not begun again. */
  readonly starts?: readonly Acceptance[];
  readonly joins?: Join;
  /** Set unless there. */
  readonly timer?: Timer;
  /** The message had a timer or was a part: both end when it leaves. */
  readonly clears?: boolean;
}

const NO_TIMERS: readonly Timer[] = [];

/** Timers that a step or a start sets. */
export function timersOf(emitted: readonly Emission[], own?: Timer): readonly Timer[] {
  if (!own && emitted.every(({ timerAt }) => timerAt === undefined)) return NO_TIMERS;
  const timers: Timer[] = own ? [own] : [];
  for (const { message, timerAt } of emitted)
    if (timerAt !== undefined) timers.push({ id: message.id, of: 'message', dueAt: timerAt });
  return timers;
}

/** A part of a whole is done when the whole goes on. */
export const JOINED: ProcessDelta = { total: 0, done: 1, failed: 0, open: -1 };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly payload: Payload;
}

export type ProcessStatus = 'running' | 'completed' | 'failed' | 'cancelled';

/** Change of a process by one step. `open` counts messages that are neither done nor in trash. */
export interface ProcessDelta {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
}

/** What a step does to the numbers of its process (E5). */
export function processDelta(step: Step): ProcessDelta {
  const emitted = step.emitted.length;
  const wasOpen = step.from !== 'trash';
  switch (step.move.to) {
    case 'done':
      // A discarded message stays counted as failed: discarding is no success.
      return { total: emitted, done: wasOpen ? 1 : 0, failed: 0, open: emitted - (wasOpen ? 1 : 0) };
    case 'trash':
      return { total: emitted, done: 0, failed: wasOpen ? 1 : 0, open: emitted - (wasOpen ? 1 : 0) };
    default:
      return { total: emitted, done: 0, failed: wasOpen ? 0 : -1, open: emitted + (wasOpen ? 0 : 1) };
  }
}

/** Status of a process after its numbers changed. It ends when nothing is open, and runs again when something is. */
export function statusAfter(before: ProcessStatus, open: number, failed: number): ProcessStatus {
  if (open > 0) return before === 'cancelled' ? 'cancelled' : 'running';
  if (before === 'cancelled') return 'cancelled';
  return failed > 0 ? 'failed' : 'completed';
}

/** State in which an emission or a released message enters its queue. */
export function enteringState(dueAt: number | null, now: number, keyIsTaken: boolean): MessageState {
  if (keyIsTaken) return 'blocked';
  return dueAt !== null && dueAt > now ? 'delayed' : 'ready';
}
