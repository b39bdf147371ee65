// Callers of a service, as a process of their own: so many at once, or so many a second.

import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { BODY } from './value.ts';
import { concurrently } from './yardstick.ts';

export interface Load {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requests: number;
  /** At once; or, when `everyMs` is given, the most that may be. */
  readonly width: number;
  /** Between the beginnings of two requests. */
  readonly everyMs?: number;
}

export interface Measured {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

process.on('message', async (load: Load) => {
  process.send!(await measure(load));
});

async function measure({ url, path, headers, requests, width, everyMs }: Load): Promise<Measured> {
  const pool = new Pool(url, { connections: width, pipelining: 1 });
  const times: number[] = [];
  const once = async (): Promise<void> => {
    const began = performance.now();
    const answer = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: BODY,
    });
    await answer.body.arrayBuffer();
    if (answer.statusCode !== 200) throw new Error(`${url}${path} answered ${answer.statusCode}`);
    times.push(performance.now() - began);
  };
  const began = performance.now();
  if (everyMs === undefined) await concurrently(requests, width, once);
  else {
    const all: Promise<void>[] = [];
    for (let i = 0; i < requests; i++) {
      all.push(once());
      await pause(Math.max(0, began + (i + 1) * everyMs - performance.now()));
    }
    await Promise.all(all);
  }
  const ms = performance.now() - began;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)]!;
  return { rate: (requests / ms) * 1_000, p50: at(0.5), p99: at(0.99) };
}
