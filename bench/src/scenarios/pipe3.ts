// pipe3: 1 KB over HTTP in, three steps, every commit synced; beside it three calls by hand. 64 at once on both sides.

import { addWorker, finished, installPipe, send, type Transport } from '../pipes.ts';
import { startPlatform, startService, usage } from '../processes.ts';
import { BODY, byHand, CONCURRENCY, concurrently } from '../yardstick.ts';

export interface Size {
  readonly messages: number;
  readonly rounds: number;
}

export async function pipe3({ messages, rounds }: Size): Promise<unknown> {
  const service = await startService();
  const results: Record<string, number[]> = { http: [], link: [] };
  const cpu: Record<string, number[]> = { http: [], link: [] };
  for (const transport of ['http', 'link'] as Transport[]) {
    const platform = await startPlatform();
    await addWorker(platform, service, transport);
    await installPipe(platform, 'pipe3', transport, 3);
    for (let round = 1; round <= rounds; round++) {
      const before = await byHand(service.url, messages, 3);
      const used = usage(platform.pid).cpuMs;
      const began = performance.now();
      await concurrently(messages, CONCURRENCY, () => send(platform, 'pipe3', BODY));
      const acceptedMs = performance.now() - began;
      await finished(platform, 'pipe3');
      const rate = (messages / (performance.now() - began)) * 1000;
      const cpuPer1000 = (usage(platform.pid).cpuMs - used) / messages;
      const after = await byHand(service.url, messages, 3);
      const yardstick = (before.rate + after.rate) / 2;
      results[transport]!.push(rate / yardstick);
      cpu[transport]!.push(cpuPer1000);
      console.log(
        `  ${transport}  ${Math.round(rate)} msg/s (accepted at ${Math.round((messages / acceptedMs) * 1000)}/s), by hand ${Math.round(yardstick)}: ratio ${(rate / yardstick).toFixed(2)}; ` +
          `CPU s per 1,000: ${cpuPer1000.toFixed(3)} (client by hand ${((before.cpuMs + after.cpuMs) / 2 / messages).toFixed(3)}); RSS ${Math.round(usage(platform.pid).rssMb)} MB, peak ${Math.round(usage(platform.pid).peakMb)} MB`,
      );
    }
    await platform.stop();
  }
  service.stop();
  const median = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  console.log(
    `  ratio to the yardstick, median: http ${median(results.http!).toFixed(2)}, link ${median(results.link!).toFixed(2)}`,
  );
  return { ratios: results, cpuSecondsPer1000: cpu };
}
