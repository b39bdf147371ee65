// What a step has at hand beside its message.

import type { LinkRecord, StepCall } from '@sluice/protocol';
import { HttpSender } from '../http/sender.ts';
import type { Abort } from './abort.ts';

export interface LogOptions {
  /** Show the line to whoever looks at the process in the Admin. */
  readonly forAdmin?: boolean;
  readonly [field: string]: unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Lines about the message in work; process, node and message are added by themselves. */
export type StepLog = Readonly<Record<LogLevel, (message: string, options?: LogOptions) => void>>;

/** Where logs and measurements of a worker go. */
export type RecordSink = (record: LinkRecord) => void;

/** Parts are made when a step first uses them: most steps use few. */
export class Context {
  readonly #call: StepCall;
  readonly #sink: RecordSink;
  readonly #abort: Abort;
  #log: StepLog | null = null;
  #http: HttpSender | null = null;

  constructor(call: StepCall, sink: RecordSink, abort: Abort) {
    this.#call = call;
    this.#sink = sink;
    this.#abort = abort;
  }

  /** Aborts when the platform no longer waits for the answer. */
  get signal(): AbortSignal {
    return this.#abort.signal;
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
    this.#http ??= new HttpSender({
      signal: this.signal,
      headers: { 'idempotency-key': this.#call.idempotencyKey },
      onSent: ({ url, status, durationMs }) =>
        this.#sink({ type: 'metric', at: Date.now(), ...this.#about(), url, status, durationMs }),
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
      this.#sink({ type: 'log', at: Date.now(), ...this.#about(), level, message: text.slice(0, 10_000), forAdmin });
    };
  }
}
