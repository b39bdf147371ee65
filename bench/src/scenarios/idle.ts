// idle: what the platform costs when nothing happens, and how long it takes to be there.

import { setTimeout as pause } from 'node:timers/promises';
import { startPlatform, usage } from '../processes.ts';
import type { Size } from './pipe3.ts';

const WATCHED_MS = 10_000;

export async function idle(_size: Size): Promise<unknown> {
  const platform = await startPlatform();
  await pause(2_000);
  const before = usage(platform.pid);
  await pause(WATCHED_MS);
  const after = usage(platform.pid);
  const cpuPercent = ((after.cpuMs - before.cpuMs) / WATCHED_MS) * 100;
  console.log(
    `  ready after ${Math.round(platform.startMs)} ms; CPU ${cpuPercent.toFixed(1)} %; RSS ${Math.round(after.rssMb)} MB`,
  );
  await platform.stop();
  return { startMs: platform.startMs, cpuPercent, rssMb: after.rssMb };
}
