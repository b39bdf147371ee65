// pipe3: 1 KB over HTTP in, three steps, every commit synced; beside it three calls by hand. 64 at once on both sides.

import { addWorker, installPipe, runPipe, STEPS, type Transport } from '../pipes.ts';
import { quiet, startPlatform, startService, usage } from '../processes.ts';
import { median, startYardstick } from '../yardstick.ts';

export interface Size {
  readonly messages: number;
  readonly rounds: number;
}

/** As many as a round has by default: on both sides code is still being compiled for some thousands. */
const WARM_UP = 10_000;
const PARTS = 10;

export async function pipe3({ messages, rounds }: Size): Promise<unknown> {
  const service = await startService();
  const results: Record<string, number[]> = { http: [], link: [] };
  const cpu: Record<string, number[]> = { http: [], link: [] };
  for (const transport of ['http', 'link'] as Transport[]) {
    const yardstick = startYardstick();
    const platform = await startPlatform();
    await addWorker(platform, service, transport);
    await installPipe(platform, 'pipe3', transport, STEPS);
    const bySluice = async (count: number): Promise<number> =>
      (count / (await runPipe(platform, 'pipe3', count))) * 1000;
    const byHand = (count: number) => yardstick.run({ url: service.url, messages: count, calls: STEPS });
    await byHand(WARM_UP);
    // In parts, so that other requests come in between as they do in life: code that has only ever seen one kind of request
    // is compiled anew when it sees another.
    for (let part = 0; part < PARTS; part++) await bySluice(WARM_UP / PARTS);
    for (let round = 1; round <= rounds; round++) {
      await quiet(platform.pid);
      const before = await byHand(messages);
      const used = usage(platform.pid).cpuMs;
      const rate = await bySluice(messages);
      const cpuPer1000 = (usage(platform.pid).cpuMs - used) / messages;
      await quiet(platform.pid);
      const after = await byHand(messages);
      const plain = (before.rate + after.rate) / 2;
      results[transport]!.push(rate / plain);
      cpu[transport]!.push(cpuPer1000);
      const { rssMb, peakMb } = usage(platform.pid);
      console.log(
        `  ${transport}  ${Math.round(rate)} msg/s, by hand ${Math.round(plain)}: ratio ${(rate / plain).toFixed(2)}; ` +
          `CPU s per 1,000: ${cpuPer1000.toFixed(3)} (client by hand ${((before.cpuMs + after.cpuMs) / 2 / messages).toFixed(3)}); ` +
          `RSS ${Math.round(rssMb)} MB, peak ${Math.round(peakMb)} MB`,
      );
    }
    await platform.stop();
    yardstick.stop();
  }
  service.stop();
  console.log(
    `  ratio to the yardstick, median: http ${median(results.http!).toFixed(2)}, link ${median(results.link!).toFixed(2)}`,
  );
  return { ratios: results, cpuSecondsPer1000: cpu };
}
