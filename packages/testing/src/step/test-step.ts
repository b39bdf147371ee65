// One step, called as the platform calls it: the same form of the call, the same checks of the answer, and its outcome as data.

import { Harness } from '@sluice/engine/harness';
import type { CallResult, Item, LinkRecord } from '@sluice/protocol';
import type { AnyStep } from '@sluice/sdk';
import { decodeText } from '../flow/body.ts';
import { instant } from '../flow/duration.ts';
import { hostOf } from '../flow/host.ts';
import { testWorker } from '../flow/worker.ts';
import type { TestInstall } from '../platform/platform.ts';
import { type Remote, remote as remotes } from '../remote/remote.ts';
import { type CallOptions, callOf } from './call.ts';

export interface StepOptions extends CallOptions {
  readonly remote?: Remote;
  /** Applications that users have installed. */
  readonly installs?: readonly TestInstall[];
  /** ISO date at which the virtual clock stands; default 2026-01-01. */
  readonly at?: string;
}

/** What came of a step. */
export class StepResult {
  readonly outcome: CallResult;
  readonly kind: CallResult['kind'];
  /** Of everything that is no success. */
  readonly reason: string | null;
  /** Lines of its log and measurements of its requests. */
  readonly records: readonly LinkRecord[];

  constructor(outcome: CallResult, records: readonly LinkRecord[]) {
    this.outcome = outcome;
    this.kind = outcome.kind;
    this.reason = 'reason' in outcome ? outcome.reason : null;
    this.records = records;
  }

  /** What it emits: one for a forward, many for a batch. */
  get items(): readonly Item[] {
    const { outcome } = this;
    return outcome.kind === 'forward' ? [outcome.item] : outcome.kind === 'split' ? outcome.items : [];
  }

  /** @throws Error with the reason when it emits nothing */
  text(index = 0): string {
    const item = this.items[index];
    if (!item)
      throw new Error(
        `The step emits no item ${index}: its outcome is ${this.kind}${this.reason ? `, ${this.reason}` : ''}.`,
      );
    return decodeText(item.body);
  }
  json<T = unknown>(index = 0): T {
    return JSON.parse(this.text(index)) as T;
  }
}

/**
 * Run a step once.
 * @throws SluiceError `test.unexpected_request` when it asked a remote service what was not announced
 */
export async function testStep(step: AnyStep, input: unknown = {}, options: StepOptions = {}): Promise<StepResult> {
  const { remote = remotes.script([]), at, installs = [] } = options;
  const harness = new Harness(at === undefined ? {} : { beginAt: instant(at) });
  const records: LinkRecord[] = [];
  const worker = testWorker(
    { steps: [step] },
    hostOf({ harness, remote, installs, onRecord: (record) => records.push(record) }),
  );
  const call = callOf(step, input, options, harness.clock.now());
  let outcome: CallResult | null = null;
  const ended = harness.interleaver.watch(`${step.kind} "${step.name}"`, async () => {
    outcome = await worker.call(call);
  });
  for (;;) {
    await harness.settle();
    const next = harness.clock.next();
    if (outcome !== null || next === null) break;
    await harness.clock.advance(next - harness.clock.now());
  }
  await ended;
  remote.check();
  return new StepResult(outcome!, records);
}
