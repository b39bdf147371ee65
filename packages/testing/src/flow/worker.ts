// A worker of the SDK in this process. Calls and answers take the form they have on the wire, and answers are checked as
// the platform checks them: what passes here passes there.

import {
  type CallResult,
  fromWireCall,
  fromWireOutcome,
  type Outcome,
  outcomeFault,
  type StepCall,
  toWireOutcome,
  type WireOutcome,
  type Work,
  WorkBuilder,
} from '@sluice/protocol';
import { type Host, type LocalWorker, local, type Offer } from '@sluice/sdk';

const TIMEOUT_MS = 60_000;

export interface TestWorker {
  readonly manifest: LocalWorker['manifest'];
  call(call: StepCall, signal?: AbortSignal): Promise<CallResult>;
}

export function testWorker(offer: Offer, host: Partial<Host>): TestWorker {
  const worker = local({ ...offer, host });
  return {
    manifest: worker.manifest,
    async call(call, signal) {
      return received(toWireOutcome(await worker.call(sent(call), signal)));
    },
  };
}

function sent(call: StepCall): StepCall {
  const builder = new WorkBuilder();
  builder.add(1, call, TIMEOUT_MS);
  const { targets, calls } = overTheWire<Work>(builder.build());
  return fromWireCall(targets[0]!, calls[0]!);
}

function received(outcome: WireOutcome): CallResult {
  const arrived = overTheWire(outcome);
  const reason = outcomeFault(arrived);
  if (reason !== null) return { kind: 'malformed', code: 'worker.answer_malformed', reason };
  // Over JSON a body is text, or says that it is base64.
  return fromWireOutcome(arrived) as Outcome;
}

function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
