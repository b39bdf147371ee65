// The process of the yardstick.

import { Agent, request } from 'undici';
import { VALUE } from './value.ts';
import { type ByHand, CONCURRENCY, concurrently, type Task } from './yardstick.ts';

const dispatcher = new Agent({ connections: CONCURRENCY });

process.on('message', async (task: Task) => {
  process.send!(await byHand(task));
});

async function byHand({ url, messages, calls }: Task): Promise<ByHand> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await concurrently(messages, CONCURRENCY, async () => {
    let value: unknown = VALUE;
    for (let i = 0; i < calls; i++) {
      const answer = await request(`${url}/work`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(value),
        dispatcher,
      });
      if (answer.statusCode !== 200) throw new Error(`the service answered ${answer.statusCode}`);
      value = await answer.body.json();
    }
  });
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { rate: (messages / ms) * 1000, ms, cpuMs: (user + system) / 1000 };
}
