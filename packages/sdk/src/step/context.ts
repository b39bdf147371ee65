// What a step has at hand beside its message.

import type { StepCall } from '@sluice/protocol';
import { HttpSender } from '../http/sender.ts';
import type { Abort } from './abort.ts';
import type { Host } from './host.ts';

export interface LogOptions {
  /** Show the line to whoever looks at the process in the Admin. */
  readonly forAdmin?: boolean;
  readonly [field: string]: unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Lines about the message in work; process, node and message are added by themselves. */
export type StepLog = Readonly<Record<LogLevel, (message: string, options?: LogOptions) => void>>;

/** Parts are made when a step first uses them: most steps use few. */
export class Context {
  readonly #call: StepCall;
  readonly #host: Host;
  readonly #abort: Abort;
  #log: StepLog | null = null;
  #http: HttpSender | null = null;

  constructor(call: StepCall, host: Host, abort: Abort) {
    this.#call = call;
    this.#host = host;
    this.#abort = abort;
  }

  /** Aborts when the platform no longer waits for the answer. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Epoch milliseconds: the time of the test in a test. */
  now(): number {
    return this.#host.now();
  }

  /** Where a batch goes on; null on its first page. */
  get cursor(): string | null {
    return this.#call.cursor;
  }

  /** Followers of the node, for `route`. */
  get followers(): StepCall['target']['followers'] {
    return this.#call.target.followers;
  }

  get log(): StepLog {
    this.#log ??= {
      debug: this.#line('debug'),
      info: this.#line('info'),
      warn: this.#line('warn'),
      error: this.#line('error'),
    };
    return this.#log;
  }

  /** Sends requests; each is measured and logged under this message. */
  get http(): HttpSender {
    const { wire, now, timeout } = this.#host;
    this.#http ??= new HttpSender({
      wire,
      now,
      timeout,
      signal: this.signal,
      headers: { 'idempotency-key': this.#call.idempotencyKey },
      onSent: ({ url, status, durationMs }) =>
        this.#host.onRecord({ type: 'metric', at: now(), ...this.#about(), url, status, durationMs }),
      log: this.log,
    });
    return this.#http;
  }

  #about() {
    const { processId, messageId, target } = this.#call;
    return { processId, messageId, topology: target.topology, node: target.node, action: target.action };
  }

  #line(level: LogLevel) {
    return (message: string, { forAdmin = false, ...fields }: LogOptions = {}): void => {
      const text = Object.keys(fields).length > 0 ? `${message} ${JSON.stringify(fields)}` : message;
      this.#host.onRecord({
        type: 'log',
        at: this.#host.now(),
        ...this.#about(),
        level,
        message: text.slice(0, 10_000),
        forAdmin,
      });
    };
  }
}
