// Talking to the threads: one conversation each, failures as errors, an orderly end.

import { EventEmitter } from 'node:events';
import { type Transferable, Worker } from 'node:worker_threads';

type Name = 'write-thread' | 'read-thread' | 'backup-thread' | 'checkpoint-thread';

/** What a thread is told beside what it is for; it answers both. */
export type Order<Opening> = ({ readonly do: 'open' } & Opening) | { readonly do: 'close' };

/** Threads whose store was closed. Starting one is most of what opening a store costs, so the next store gets them. */
const idle = new Map<Name, Worker[]>();

/** A thread as one store knows it: from opening its files to closing them. */
export class Thread extends EventEmitter {
  readonly name: Name;
  readonly worker: Worker;
  readonly #heard = ['message', 'error', 'exit'].map(
    (event) => [event, (said: unknown) => void this.emit(event, said)] as const,
  );

  constructor(name: Name, worker: Worker) {
    super();
    this.name = name;
    this.worker = worker;
    for (const [event, listener] of this.#heard) worker.on(event, listener);
  }

  /** As if the thread had ended. */
  leave(): void {
    for (const [event, listener] of this.#heard) this.worker.off(event, listener);
    this.emit('exit');
  }

  postMessage(message: unknown, given?: readonly Transferable[]): void {
    this.worker.postMessage(message, given);
  }
}

/** Resolved once the thread said something first: that it opened the files, or is done. */
export async function startThread(
  name: Name,
  opening: Record<string, unknown>,
  opened: (answer: unknown) => void = () => {},
): Promise<Thread> {
  const thread = new Thread(name, idle.get(name)?.pop() ?? newWorker(name));
  thread.worker.ref();
  await new Promise<void>((resolve, reject) => {
    thread.once('message', (answer) => {
      opened(answer);
      resolve();
    });
    thread.once('error', reject);
    thread.postMessage({ do: 'open', ...opening });
  });
  return thread;
}

/** To the store this is the end of the thread. */
export async function stopThread(thread: Thread): Promise<void> {
  const { name, worker } = thread;
  const goesOn = await new Promise<boolean>((resolve) => {
    thread.once('exit', () => resolve(false));
    thread.on('message', ({ did }) => did === 'close' && resolve(true));
    thread.postMessage({ do: 'close' });
  });
  if (!goesOn) return;
  thread.leave();
  worker.unref();
  idle.set(name, [...(idle.get(name) ?? []), worker]);
}

export const newWorker = (name: Name, workerData?: unknown): Worker =>
  new Worker(new URL(`./${name}.js`, import.meta.url), {
    // They hold one group at a time; the default would let each keep twelve times as much garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    name: `sluice-${name}`,
    workerData,
  });
