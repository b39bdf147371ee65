// Expressions in a process of their own, with bounds on time and memory. One that breaks them is ended together with
// its process; the others that waited run again in a new one. A thread would not do: an allocation that does not fit
// into the memory of a thread ends the whole process.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bodyBytes, SluiceError } from '@sluice/protocol';
import type { ExpressionInput, Expressions } from '../../ports/expressions.ts';
import type { Job, JobResult } from './child.ts';
import { faultOf } from './evaluate.ts';

interface Waiting extends Job {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: SluiceError) => void;
}

export interface IsolatedOptions {
  /** Milliseconds one expression may run; default 1000. */
  readonly limitMs?: number;
  /** MiB of memory for the values of expressions; default 128. */
  readonly memoryMb?: number;
}

/** Jobs and bytes given to the process at a time: it reads all of them before it begins with the first. */
const MAX_SENT = 256;
const MAX_SENT_BYTES = 1024 * 1024;
/** Milliseconds before a process that could not begin is tried again. */
const RETRY_MS = 1_000;

export function isolatedExpressions({ limitMs = 1_000, memoryMb = 128 }: IsolatedOptions = {}): Expressions {
  return new Isolated(limitMs, memoryMb);
}

class Isolated implements Expressions {
  readonly fault = faultOf;
  readonly #limitMs: number;
  readonly #memoryMb: number;
  /** Oldest first; the first that was sent is the one that runs. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #sent = new Set<number>();
  #child: ChildProcess | null = null;
  #ready = false;
  #watch: NodeJS.Timeout | null = null;
  #scheduled = false;
  /** Jobs among which is one that ended a process: they are sent one by one until it is found. */
  #suspects = 0;
  #nextId = 1;
  #closed = false;

  constructor(limitMs: number, memoryMb: number) {
    this.#limitMs = limitMs;
    this.#memoryMb = memoryMb;
  }

  evaluate(expression: string, input: ExpressionInput): Promise<unknown> {
    if (this.#closed) return Promise.reject(new SluiceError('engine.stopping', {}));
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { id, expression, input, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.#send();
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unwatch();
    const child = this.#child;
    this.#child = null;
    for (const job of this.#waiting.values()) job.reject(new SluiceError('engine.stopping', {}));
    this.#waiting.clear();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  #send(): void {
    if (this.#closed || this.#waiting.size === 0) return;
    this.#child ??= this.#open();
    // It keeps the program alive only while somebody waits for it.
    this.#child.channel?.ref();
    if (!this.#ready || this.#sent.size > 0) return;
    const jobs: Job[] = [];
    let bytes = 0;
    for (const { id, expression, input } of this.#waiting.values()) {
      bytes += bodyBytes(input.body);
      if (jobs.length > 0 && (this.#suspects > 0 || jobs.length >= MAX_SENT || bytes > MAX_SENT_BYTES)) break;
      jobs.push({ id, expression, input });
      this.#sent.add(id);
    }
    this.#child.send(jobs);
    this.#watchFirst();
  }

  #open(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), {
      execArgv: [`--max-old-space-size=${this.#memoryMb}`],
      // Nothing of the platform is for it: no settings, no secrets, no terminal.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    this.#ready = false;
    child.unref();
    child.channel?.unref();
    child.on('message', (message: readonly JobResult[] | string) => {
      if (this.#child !== child) return;
      if (typeof message === 'string') this.#ready = true;
      else for (const result of message) this.#settle(result);
      this.#send();
    });
    child.on('error', () => this.#ended(child));
    child.on('exit', () => this.#ended(child));
    return child;
  }

  #settle(result: JobResult): void {
    const job = this.#waiting.get(result.id);
    this.#waiting.delete(result.id);
    this.#sent.delete(result.id);
    if (this.#suspects > 0) this.#suspects--;
    if (this.#sent.size > 0) this.#watchFirst();
    else this.#unwatch();
    if (this.#waiting.size === 0) this.#child?.channel?.unref();
    if (!job) return;
    if ('failed' in result)
      job.reject(new SluiceError('expression.failed', { expression: job.expression, reason: result.failed }));
    else job.resolve(result.value);
  }

  /** The process ended by itself: one of the jobs it had needs more memory than there is. */
  #ended(child: ChildProcess): void {
    if (this.#child !== child || this.#closed) return;
    const [only] = this.#sent;
    const reason = `it needs more than ${this.#memoryMb} MiB of memory`;
    if (this.#sent.size === 1) {
      const job = this.#waiting.get(only!)!;
      this.#giveUp(job, new SluiceError('expression.failed', { expression: job.expression, reason }));
    } else {
      this.#suspects = this.#sent.size;
      this.#leave();
      if (this.#suspects > 0) this.#send();
      else setTimeout(() => this.#send(), RETRY_MS).unref();
    }
  }

  /** The first that was sent is the one that runs; its time begins when it became first. */
  #watchFirst(): void {
    this.#unwatch();
    this.#watch = setTimeout(() => {
      const [first] = this.#sent;
      const job = this.#waiting.get(first!)!;
      this.#giveUp(job, new SluiceError('expression.too_slow', { expression: job.expression, limitMs: this.#limitMs }));
    }, this.#limitMs);
  }

  #unwatch(): void {
    if (this.#watch) clearTimeout(this.#watch);
    this.#watch = null;
  }

  #giveUp(job: Waiting, error: SluiceError): void {
    this.#leave();
    this.#waiting.delete(job.id);
    if (this.#suspects > 0) this.#suspects--;
    job.reject(error);
    this.#send();
  }

  /** What was sent and not answered waits again. */
  #leave(): void {
    this.#unwatch();
    this.#sent.clear();
    this.#child?.kill('SIGKILL');
    this.#child = null;
    this.#ready = false;
  }
}
