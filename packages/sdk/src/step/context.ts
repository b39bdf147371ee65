// What a step has at hand beside its message.

import type { StepCall } from '@sluice/protocol';
import type { Application } from '../application/application.ts';
import { type About, ApplicationContext } from '../application/context.ts';
import type { Abort } from './abort.ts';
import type { Host } from './host.ts';

export type { Log as StepLog, LogLevel, LogOptions } from '../application/context.ts';

export class Context extends ApplicationContext {
  readonly #call: StepCall;

  constructor(call: StepCall, host: Host, abort: Abort, application?: Application) {
    super(host, abort, call.user, application);
    this.#call = call;
  }

  /** Where a batch goes on; null on its first page. */
  get cursor(): string | null {
    return this.#call.cursor;
  }

  /** The same however often this work is repeated; sent as `Idempotency-Key`, here for services that want it elsewhere. */
  get idempotencyKey(): string {
    return this.#call.idempotencyKey;
  }

  /** Followers of the node, for `route`. */
  get followers(): StepCall['target']['followers'] {
    return this.#call.target.followers;
  }

  protected override requestHeaders(): Record<string, string> {
    return { 'idempotency-key': this.#call.idempotencyKey };
  }

  protected override about(): About {
    const { processId, messageId, attempt, target } = this.#call;
    return { processId, messageId, attempt, topology: target.topology, node: target.node, action: target.action };
  }
}
