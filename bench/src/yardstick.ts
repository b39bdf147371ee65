// The yardstick: a plain Node process that does the calls by hand, with undici over keep-alive. No queue, no disk.
//
// It is what somebody would write who needs nothing more: read the answer, look at its status, go on with its value. It
// runs in a process of its own, because what it is compared with does, and is as warm as that is: both get the same
// number of messages before the ones that count.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { next } from './processes.ts';

export const CONCURRENCY = 64;

export interface ByHand {
  readonly rate: number;
  readonly ms: number;
  readonly cpuMs: number;
}

export interface Task {
  readonly url: string;
  readonly messages: number;
  readonly calls: number;
}

export interface Yardstick {
  /** `calls` calls for each message, one after the other, 64 messages at once. */
  run(task: Task): Promise<ByHand>;
  stop(): void;
}

export function startYardstick(): Yardstick {
  const child: ChildProcess = fork(fileURLToPath(new URL('./by-hand.js', import.meta.url)));
  return {
    async run(task) {
      child.send(task);
      return next<ByHand>(child);
    },
    stop: () => void child.kill(),
  };
}

export async function concurrently(total: number, width: number, run: () => Promise<void>): Promise<void> {
  let left = total;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** 0 of nothing. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
