// fan-out: one message becomes 10,000, each served once; beside it the same 10,000 calls by hand.

import { addWorker, finished, installFan, send, type Transport } from '../pipes.ts';
import { quiet, startPlatform, startService, usage } from '../processes.ts';
import { startYardstick } from '../yardstick.ts';
import type { Size } from './pipe3.ts';

export const ITEMS = 10_000;
/** Code is still being compiled until then: what makes ten thousand of one runs once a round. */
const WARM_UPS = 2;

export async function fanOut({ rounds }: Size): Promise<unknown> {
  const service = await startService();
  const results: Record<string, { ratio: number; peakMb: number }[]> = { http: [], link: [] };
  for (const transport of ['http', 'link'] as Transport[]) {
    const yardstick = startYardstick();
    const byHand = () => yardstick.run({ url: service.url, messages: ITEMS, calls: 1 });
    const platform = await startPlatform();
    await addWorker(platform, service, transport);
    await installFan(platform, transport);
    const bySluice = async (): Promise<number> => {
      const began = performance.now();
      await send(platform, `fan-${transport}`, JSON.stringify({ items: ITEMS }), '?wait=60s');
      await finished(platform, `fan-${transport}`);
      return performance.now() - began;
    };
    for (let warmUp = 0; warmUp < WARM_UPS; warmUp++) {
      await byHand();
      await bySluice();
    }
    for (let round = 1; round <= rounds; round++) {
      await quiet(platform.pid);
      const before = await byHand();
      const ms = await bySluice();
      await quiet(platform.pid);
      const after = await byHand();
      const ratio = ms / ((before.ms + after.ms) / 2);
      const { peakMb } = usage(platform.pid);
      results[transport]!.push({ ratio, peakMb });
      console.log(
        `  ${transport}  ${ITEMS} items in ${Math.round(ms)} ms, by hand ${Math.round((before.ms + after.ms) / 2)} ms: ${ratio.toFixed(2)} times; peak ${Math.round(peakMb)} MB`,
      );
    }
    await platform.stop();
    yardstick.stop();
  }
  service.stop();
  return results;
}
