// Door of an engine under test: virtual clock, seeded order, crashes. Knows no test runner.

export { type CrashAt, Harness, type HarnessOptions } from './testing/harness.ts';
export type { Interleaver } from './testing/interleaver.ts';
export type { VirtualClock } from './testing/virtual-clock.ts';
