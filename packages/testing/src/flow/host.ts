// What steps stand on in a flow: the virtual clock, and remote services that answer when it is their turn.

import type { Harness } from '@sluice/engine/harness';
import type { Host, RecordSink, WireAnswer, WireRequest } from '@sluice/sdk';
import { type TestInstall, testPlatform } from '../platform/platform.ts';
import type { Remote } from '../remote/remote.ts';

export function hostOf(parts: {
  harness: Harness;
  remote: Remote;
  onRecord: RecordSink;
  installs: readonly TestInstall[];
}): Partial<Host> {
  const { harness, remote, onRecord, installs } = parts;
  const { clock, interleaver } = harness;

  /** Two steps that ask the same service race for it: who comes first is the seed's to say. */
  const turn = (): Promise<void> => {
    const resume = interleaver.pause();
    return interleaver.take(async () => resume());
  };
  const untilAborted = async (signal: AbortSignal): Promise<never> => {
    const resume = interleaver.pause();
    await new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      else signal.addEventListener('abort', resolve, { once: true });
    });
    resume();
    throw signal.reason;
  };

  return {
    onRecord,
    platform: testPlatform(installs, { store: () => harness.stores.data, now: () => clock.now() }),
    now: () => clock.now(),
    timeout(ms) {
      const controller = new AbortController();
      clock.at(clock.now() + ms, () => controller.abort(new Error('the time limit of the request passed')));
      return controller.signal;
    },
    async wire(request: WireRequest): Promise<WireAnswer> {
      if (remote.recording) return remote.exchange(request, untilAborted);
      await turn();
      return remote.exchange(request, untilAborted);
    },
  };
}
