// latency: 50 messages a second, one at a time, from request to the answer of the respond node after three steps.

import { setTimeout as pause } from 'node:timers/promises';
import { addWorker, installPipe, STEPS, send, type Transport } from '../pipes.ts';
import { startPlatform, startService } from '../processes.ts';
import { BODY } from '../value.ts';
import { startYardstick } from '../yardstick.ts';
import type { Size } from './pipe3.ts';

const COUNT = 300;
const EVERY_MS = 20;

export async function latency(_size: Size): Promise<unknown> {
  const service = await startService();
  const results: Record<string, unknown> = {};
  for (const transport of ['http', 'link'] as Transport[]) {
    const yardstick = startYardstick();
    const platform = await startPlatform();
    await addWorker(platform, service, transport);
    await installPipe(platform, 'ask', transport, STEPS, true);
    const times: number[] = [];
    const plain: number[] = [];
    for (let i = 0; i < COUNT; i++) {
      const began = performance.now();
      await send(platform, 'ask', BODY, '?wait=30s');
      times.push(performance.now() - began);
      plain.push((await yardstick.run({ url: service.url, messages: 1, calls: STEPS })).ms);
      await pause(Math.max(0, EVERY_MS - (performance.now() - began)));
    }
    const at = (list: number[], share: number): number =>
      [...list].sort((a, b) => a - b)[Math.floor(list.length * share)]!;
    results[transport] = { p50: at(times, 0.5), p99: at(times, 0.99), byHandP50: at(plain, 0.5) };
    console.log(
      `  ${transport}  p50 ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms; by hand p50 ${at(plain, 0.5).toFixed(1)} ms: ratio ${(at(times, 0.5) / at(plain, 0.5)).toFixed(1)}`,
    );
    await platform.stop();
    yardstick.stop();
  }
  service.stop();
  return results;
}
