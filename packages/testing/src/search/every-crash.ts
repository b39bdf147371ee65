// The same test with the engine killed at every point of its way in turn: before and after everything it writes, and
// around every call of a step.

import type { CrashAt, Harness } from '@sluice/engine/harness';
import { named } from './every-interleaving.ts';

/** For `testFlow({ crash })`: where this run of the test has its crash, if it has one. */
export class CrashPlan {
  readonly at: CrashAt | null;
  readonly harnesses: Harness[] = [];

  constructor(at: CrashAt | null) {
    this.at = at;
  }

  /** @internal */
  begin(harness: Harness): void {
    if (this.at) harness.crash(this.at);
    this.harnesses.push(harness);
  }

  toString(): string {
    return this.at === null ? 'no crash' : `${this.at.point}, time ${this.at.count}`;
  }
}

/**
 * Run a test once without a crash, to learn by which points its flow comes, and then once for each of them.
 * @returns how many crashes there were
 * @throws what the test threw, with the crash in front of its message
 */
export async function everyCrash(test: (crash: CrashPlan) => unknown | Promise<unknown>): Promise<number> {
  const first = new CrashPlan(null);
  await named('Without a crash', () => test(first));
  const [harness, ...more] = first.harnesses;
  if (!harness || more.length > 0)
    throw new Error(`everyCrash needs a test that makes one flow with { crash }; it made ${first.harnesses.length}.`);
  let crashes = 0;
  for (const [point, times] of harness.passed)
    for (let count = 1; count <= times; count++) {
      const plan = new CrashPlan({ point, count });
      await named(`Killed at ${plan}`, () => test(plan));
      crashes++;
    }
  return crashes;
}
