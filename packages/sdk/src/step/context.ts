// What a step has at hand beside its message.

import type { LinkRecord, StepCall } from '@sluice/protocol';
import { HttpSender } from '../http/sender.ts';

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

export class Context {
  /** Sends requests; each is measured and logged under this message. */
  readonly http: HttpSender;
  readonly log: StepLog;
  /** Aborts when the platform no longer waits for the answer. */
  readonly signal: AbortSignal;
  /** Where a batch goes on; null on its first page. */
  readonly cursor: string | null;
  /** Followers of the node, for `route`. */
  readonly followers: StepCall['followers'];

  constructor(call: StepCall, sink: RecordSink, signal: AbortSignal) {
    const about = {
      processId: call.processId,
      messageId: call.messageId,
      topology: call.topology,
      node: call.node,
      action: call.action,
    };
    const line =
      (level: LogLevel) =>
      (message: string, { forAdmin = false, ...fields }: LogOptions = {}): void => {
        const text = Object.keys(fields).length > 0 ? `${message} ${JSON.stringify(fields)}` : message;
        sink({ type: 'log', at: Date.now(), ...about, level, message: text.slice(0, 10_000), forAdmin });
      };
    this.log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
    this.signal = signal;
    this.cursor = call.cursor;
    this.followers = call.followers;
    this.http = new HttpSender({
      signal,
      headers: { 'idempotency-key': call.idempotencyKey },
      onSent: ({ url, status, durationMs }) =>
        sink({ type: 'metric', at: Date.now(), ...about, url, status, durationMs }),
      log: this.log,
    });
  }
}
