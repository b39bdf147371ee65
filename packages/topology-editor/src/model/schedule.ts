// A cron expression in words, and when it comes next.

import { Cron } from 'croner';
import { toString as wordsOf } from 'cronstrue';

export type Schedule = { readonly words: string; readonly next: readonly Date[] } | { readonly fault: string };

/** @param from  the instant after which runs are wanted */
export function scheduleOf(cron: string, timeZone: string | undefined, from: Date, count = 3): Schedule {
  try {
    const next = new Cron(cron, { paused: true, ...(timeZone ? { timezone: timeZone } : {}) }).nextRuns(count, from);
    if (next.length === 0) return { fault: 'This schedule never comes.' };
    return { words: wordsOf(cron, { use24HourTimeFormat: true, throwExceptionOnParseError: false }), next };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
