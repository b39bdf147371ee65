// The yardstick: a plain Node client that does the calls by hand, with undici over keep-alive. No queue, no disk.

import { Pool } from 'undici';

export const CONCURRENCY = 64;
export const BODY = JSON.stringify({ order: 1, text: 'x'.repeat(980) });

/** Messages per second of `calls` calls each, one after the other, 64 messages at once. */
export async function byHand(
  serviceUrl: string,
  messages: number,
  calls: number,
): Promise<{ rate: number; ms: number; cpuMs: number }> {
  const pool = new Pool(serviceUrl, { connections: CONCURRENCY });
  const cpu = process.cpuUsage();
  const began = performance.now();
  await concurrently(messages, CONCURRENCY, async () => {
    let body = BODY;
    for (let i = 0; i < calls; i++) {
      const answer = await pool.request({
        method: 'POST',
        path: '/work',
        headers: { 'content-type': 'application/json' },
        body,
      });
      body = await answer.body.text();
    }
  });
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  await pool.close();
  return { rate: (messages / ms) * 1000, ms, cpuMs: (user + system) / 1000 };
}

export async function concurrently(total: number, width: number, run: () => Promise<void>): Promise<void> {
  let left = total;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: width }, lane));
}
