// Talking to the two threads: one conversation each, failures as errors, an orderly end.

import { Worker } from 'node:worker_threads';

/** Start a thread of this folder; resolved once it said something first: that it opened the file, or is done. */
export async function startThread(
  name: 'write-thread' | 'read-thread' | 'backup-thread',
  workerData: Record<string, unknown>,
  opened: (answer: unknown) => void = () => {},
): Promise<Worker> {
  const worker = new Worker(new URL(`./${name}.js`, import.meta.url), {
    workerData,
    // They hold one group at a time; the default would let each keep three times as much garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
    name: `sluice-${name}`,
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', (answer) => {
      opened(answer);
      resolve();
    });
    worker.once('error', reject);
  });
  return worker;
}

export async function stopThread(worker: Worker): Promise<void> {
  await new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.postMessage({ do: 'close' });
  });
}
