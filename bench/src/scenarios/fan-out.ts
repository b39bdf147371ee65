// fan-out: one message becomes 10,000, each served once; beside it the same 10,000 calls by hand.
// steps: each of them goes through three durable steps; beside it three calls by hand for each. Nothing but the steps is
// measured: neither side has to be given its messages one by one.

import { addWorker, installFan, runFan, STEPS, type Transport } from '../pipes.ts';
import { quiet, startPlatform, startService, usage } from '../processes.ts';
import { startYardstick } from '../yardstick.ts';
import type { Size } from './pipe3.ts';

export const ITEMS = 10_000;
/** Code is still being compiled until then: what makes ten thousand of one runs once a round. */
const WARM_UPS = 2;

export const fanOut = (size: Size): Promise<unknown> => measure(size, 1);
export const steps = (size: Size): Promise<unknown> => measure(size, STEPS);

async function measure({ rounds }: Size, steps: number): Promise<unknown> {
  const results: Record<string, { ratio: number; peakMb: number }[]> = { http: [], link: [] };
  for (const transport of ['http', 'link'] as Transport[]) {
    const fan = await startFan(transport, steps);
    for (let warmUp = 0; warmUp < WARM_UPS; warmUp++) {
      await fan.byHand(ITEMS);
      await fan.bySluice(ITEMS);
    }
    for (let round = 1; round <= rounds; round++) {
      await quiet(fan.pid);
      const before = await fan.byHand(ITEMS);
      const ms = await fan.bySluice(ITEMS);
      await quiet(fan.pid);
      const byHandMs = (before + (await fan.byHand(ITEMS))) / 2;
      const ratio = ms / byHandMs;
      const { peakMb } = usage(fan.pid);
      results[transport]!.push({ ratio, peakMb });
      console.log(
        `  ${transport}  ${ITEMS} items in ${Math.round(ms)} ms, by hand ${Math.round(byHandMs)} ms: ${ratio.toFixed(2)} times; peak ${Math.round(peakMb)} MB`,
      );
    }
    await fan.stop();
  }
  return results;
}

export interface Fan {
  /** Of the platform. */
  readonly pid: number;
  /** Milliseconds from the one message to the end of all it became. */
  bySluice(items: number): Promise<number>;
  /** Milliseconds of the same calls by hand. */
  byHand(items: number): Promise<number>;
  stop(): Promise<void>;
}

/** A platform whose process makes many messages of one, and a client that calls the same service by hand. */
export async function startFan(transport: Transport, steps: number): Promise<Fan> {
  const service = await startService();
  const yardstick = startYardstick();
  const platform = await startPlatform();
  await addWorker(platform, service, transport);
  await installFan(platform, transport, steps);
  return {
    pid: platform.pid,
    bySluice: (items) => runFan(platform, transport, items),
    byHand: async (items) => (await yardstick.run({ url: service.url, messages: items, calls: steps })).ms,
    async stop() {
      await platform.stop();
      yardstick.stop();
      service.stop();
    },
  };
}
