// Expressions in a thread of their own, with bounds on time and memory. One that breaks them is stopped together with
// its thread; the others that waited run again in a new one.

import { Worker } from 'node:worker_threads';
import { SluiceError } from '@sluice/protocol';
import type { ExpressionInput, Expressions } from '../../ports/expressions.ts';
import { faultOf } from './evaluate.ts';
import type { Job, JobResult } from './thread.ts';

interface Waiting extends Job {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: SluiceError) => void;
}

export interface ThreadedOptions {
  /** Milliseconds one expression may run; default 1000. */
  readonly limitMs?: number;
  /** MiB of memory for all expressions; default 128. */
  readonly memoryMb?: number;
}

export function threadedExpressions({ limitMs = 1_000, memoryMb = 128 }: ThreadedOptions = {}): Expressions {
  const waiting = new Map<number, Waiting>();
  let gathered: Job[] = [];
  let worker: Worker | null = null;
  let watch: NodeJS.Timeout | null = null;
  let nextId = 1;
  let closed = false;

  const send = (): void => {
    if (gathered.length === 0) return;
    const jobs = gathered;
    gathered = [];
    worker ??= open();
    worker.postMessage(jobs);
    watchFirst();
  };

  const open = (): Worker => {
    const opened = new Worker(new URL('./thread.js', import.meta.url), {
      name: 'sluice-expressions',
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    opened.unref();
    opened.on('message', (result: JobResult) => {
      const job = waiting.get(result.id);
      waiting.delete(result.id);
      watchFirst();
      if (!job) return;
      if ('failed' in result)
        job.reject(new SluiceError('expression.failed', { expression: job.expression, reason: result.failed }));
      else job.resolve(result.value);
    });
    opened.on('error', (error) => {
      if (worker === opened)
        giveUpFirst(
          (job) => new SluiceError('expression.failed', { expression: job.expression, reason: error.message }),
        );
    });
    return opened;
  };

  /** The first that waits is the one that runs; its time begins when it became first. */
  const watchFirst = (): void => {
    if (watch) clearTimeout(watch);
    watch = null;
    if (waiting.size === 0) return;
    watch = setTimeout(
      () => giveUpFirst((job) => new SluiceError('expression.too_slow', { expression: job.expression, limitMs })),
      limitMs,
    );
  };

  const giveUpFirst = (errorOf: (job: Waiting) => SluiceError): void => {
    void worker?.terminate();
    worker = null;
    const [first, ...rest] = waiting.values();
    waiting.clear();
    gathered = [];
    first?.reject(errorOf(first));
    for (const job of rest) {
      waiting.set(job.id, job);
      gathered.push({ id: job.id, expression: job.expression, input: job.input });
    }
    send();
  };

  return {
    fault: faultOf,
    evaluate(expression: string, input: ExpressionInput) {
      if (closed) return Promise.reject(new SluiceError('engine.stopping', {}));
      return new Promise((resolve, reject) => {
        const job = { id: nextId++, expression, input };
        waiting.set(job.id, { ...job, resolve, reject });
        gathered.push(job);
        if (gathered.length === 1) queueMicrotask(send);
      });
    },
    async close() {
      closed = true;
      if (watch) clearTimeout(watch);
      await worker?.terminate();
      worker = null;
    },
  };
}
